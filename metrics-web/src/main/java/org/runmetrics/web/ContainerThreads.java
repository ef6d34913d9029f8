package org.runmetrics.web;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Makes the threads of the domain: those of the container, where it has some. */
@Singleton
class ContainerThreads {
  private static final Logger LOG = System.getLogger(ContainerThreads.class.getName());

  private final ThreadFactory container = find();

  /** Returns a factory of threads with a name, which do not keep the server from stopping. */
  ThreadFactory named(String name) {
    return work -> {
      Thread thread = container.newThread(work);
      thread.setName(name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Servlet containers without the rest of Jakarta EE have none. */
  @SuppressWarnings("BanJNDI") // The name is the platform's, not a user's.
  private static ThreadFactory find() {
    try {
      Object found = new InitialContext().lookup("java:comp/DefaultManagedThreadFactory");
      if (found instanceof ManagedThreadFactory managed) {
        return managed;
      }
    } catch (NamingException none) {
      LOG.log(Level.DEBUG, "The container has no factory of threads", none);
    }
    return Thread::new;
  }
}
