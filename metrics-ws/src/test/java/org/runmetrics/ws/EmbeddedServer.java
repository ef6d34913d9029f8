package org.runmetrics.ws;

import io.undertow.Undertow;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.DispatcherType;
import java.net.InetSocketAddress;
import java.util.Map;
import org.glassfish.tyrus.server.Server;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** The servers whose WebSocket the tests run on. */
enum EmbeddedServer {
  /** That of Payara and GlassFish, here without servlets. */
  TYRUS {
    @Override
    Running start() throws Exception {
      Server server = new Server("127.0.0.1", -1, "/", Map.of(), LogSocket.class);
      server.start();
      return new Running(server.getPort(), server::stop);
    }
  },

  /** That of WildFly. */
  UNDERTOW {
    @Override
    Running start() throws Exception {
      XnioWorker worker =
          Xnio.getInstance()
              .createWorker(
                  OptionMap.builder()
                      .set(Options.THREAD_DAEMON, true)
                      .set(Options.WORKER_IO_THREADS, 2)
                      .getMap());
      DeploymentInfo info =
          Servlets.deployment()
              .setClassLoader(EmbeddedServer.class.getClassLoader())
              .setContextPath("/")
              .setDeploymentName("logs")
              .addListener(Servlets.listener(PeerListener.class))
              .addFilter(Servlets.filter("plain", PlainRequests.class).setAsyncSupported(true))
              .addFilterUrlMapping("plain", "/api/runs/*", DispatcherType.REQUEST)
              .addServletContextAttribute(
                  WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                  new WebSocketDeploymentInfo()
                      .setWorker(worker)
                      .setBuffers(new DefaultByteBufferPool(true, 16 << 10))
                      .addEndpoint(LogSocket.class));
      DeploymentManager manager = Servlets.defaultContainer().addDeployment(info);
      manager.deploy();
      Undertow server =
          Undertow.builder().addHttpListener(0, "127.0.0.1").setHandler(manager.start()).build();
      server.start();
      int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
      return new Running(
          port,
          () -> {
            server.stop();
            worker.shutdownNow();
          });
    }
  };

  /**
   * A server that listens.
   *
   * @param stop ends it
   */
  record Running(int port, Runnable stop) {}

  /** Starts to listen at a free port of the loopback interface. */
  abstract Running start() throws Exception;
}
