package org.runmetrics.ws;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;

/** Makes the sessions of one embedded server a bean, as discovery does in a container. */
record SessionsExtension(LogSessions sessions) implements Extension {
  void add(@Observes AfterBeanDiscovery event) {
    event
        .addBean()
        .types(LogSessions.class)
        .scope(Singleton.class)
        .createWith(context -> sessions)
        .destroyWith((bean, context) -> sessions.close());
  }
}
