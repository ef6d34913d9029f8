package org.runmetrics.ws;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;

/** Makes the clients of one embedded server a bean, as discovery does in a container. */
record ClientsExtension(LogClients clients) implements Extension {
  void add(@Observes AfterBeanDiscovery event) {
    event
        .addBean()
        .types(LogClients.class)
        .scope(Singleton.class)
        .createWith(context -> clients)
        .destroyWith((bean, context) -> clients.close());
  }
}
