package org.runmetrics.web;

import jakarta.enterprise.concurrent.ContextServiceDefinition;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Makes the threads of the domain: those of the container, where it has some.
 *
 * <p>They have no context of an application. With one, Payara looks up for each message of a log
 * socket whether the application is still enabled, as Tyrus schedules an idle timeout of zero with
 * each. Nothing that these threads do asks for a context, but classes are found as everywhere.
 */
@ContextServiceDefinition(
    name = ContainerThreads.CONTEXT,
    cleared = {
      ContextServiceDefinition.APPLICATION,
      ContextServiceDefinition.SECURITY,
      ContextServiceDefinition.TRANSACTION
    })
@ManagedThreadFactoryDefinition(name = ContainerThreads.THREADS, context = ContainerThreads.CONTEXT)
@Singleton
class ContainerThreads {
  static final String CONTEXT = "java:app/runmetrics/NoContext";
  static final String THREADS = "java:app/runmetrics/Threads";

  private static final Logger LOG = System.getLogger(ContainerThreads.class.getName());

  /** The second is for containers that do not read the definitions above. */
  private static final List<String> NAMES =
      List.of(THREADS, "java:comp/DefaultManagedThreadFactory");

  private final ThreadFactory container =
      NAMES.stream().flatMap(ContainerThreads::find).findFirst().orElse(Thread::new);

  /** Returns a factory of threads with a name, which do not keep the server from stopping. */
  ThreadFactory named(String name) {
    return work -> {
      Thread thread = container.newThread(() -> withClassPath(work));
      thread.setName(name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private static void withClassPath(Runnable work) {
    Thread.currentThread().setContextClassLoader(ContainerThreads.class.getClassLoader());
    work.run();
  }

  /** Servlet containers without the rest of Jakarta EE have none. */
  @SuppressWarnings("BanJNDI") // The names are the platform's and our own, not a user's.
  private static Stream<ThreadFactory> find(String name) {
    try {
      return Optional.ofNullable(new InitialContext().lookup(name))
          .filter(ManagedThreadFactory.class::isInstance)
          .map(ThreadFactory.class::cast)
          .stream();
    } catch (NamingException none) {
      LOG.log(Level.DEBUG, "The container has no factory of threads named " + name, none);
      return Stream.empty();
    }
  }
}
