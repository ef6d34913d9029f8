package org.runmetrics.web.operation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.runmetrics.push.Farewell;
import org.runmetrics.settings.Settings;

/**
 * Stops the application without a client noticing, within the time that the settings give it.
 *
 * <p>From when that is asked for, {@code ready} answers 503. A load balancer that asks it gets the
 * time to learn of it, as requests go on coming until then; then streams and sockets are told to
 * go, and what is under way is waited for. The launcher asks by JMX before it stops Payara Micro;
 * other servers may, and where they do not, streams and sockets are told when the application ends.
 */
@Singleton
public class Stop implements StopMXBean {
  static final String NAME = "org.runmetrics:type=Stop";

  private static final Logger LOG = System.getLogger(Stop.class.getName());

  /** Load balancers take a server for gone after so many refusals, HAProxy for one. */
  private static final int REFUSALS = 3;

  /** Whoever asked so long ago asks no more. */
  private static final Duration ASKS = Duration.ofMinutes(1);

  /** Kept for the farewell, of the time that there is in all. */
  private static final double FAREWELL_PART = 0.3;

  private static final long LOOK_MILLIS = 20;

  private final Requests requests;
  private final Consumer<Farewell> farewell;
  private final Duration time;
  private final Object lock = new Object();

  /** Guarded by the lock, like all below. */
  private boolean asked;

  private boolean everAsked;
  private long lastAsked;
  private int refusals;

  /** Takes the time from the settings, and tells all that serve streams and sockets. */
  @Inject
  public Stop(Requests requests, Event<Farewell> farewell, Settings settings) {
    this(requests, farewell::fire, settings.stop());
  }

  /**
   * Tells somebody when clients are to go.
   *
   * @param time the most that stopping takes
   */
  public Stop(Requests requests, Consumer<Farewell> farewell, Duration time) {
    this.requests = requests;
    this.farewell = farewell;
    this.time = time;
  }

  /** Returns whether the server stops. */
  boolean isAsked() {
    synchronized (lock) {
      return asked;
    }
  }

  /** Takes note that a load balancer asks whether the server is ready, and hears it now. */
  void probed() {
    synchronized (lock) {
      everAsked = true;
      lastAsked = System.nanoTime();
      refusals += asked ? 1 : 0;
    }
  }

  /** Returns when nothing is under way any more, or the time is over. */
  @Override
  public void stop() {
    long now = System.nanoTime();
    long end = now + time.toNanos();
    boolean balanced;
    synchronized (lock) {
      asked = true;
      balanced = everAsked && now - lastAsked < ASKS.toNanos();
    }
    try {
      long untilFarewell = balanced ? end - (long) (FAREWELL_PART * time.toNanos()) : now;
      while (System.nanoTime() < untilFarewell && !isKnown()) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
      farewell.accept(new Farewell());
      while (System.nanoTime() < end && requests.underWay() > 0) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    if (requests.underWay() > 0) {
      LOG.log(
          Level.WARNING,
          "{0} requests were still under way after {1} s (metrics.stop.seconds)",
          requests.underWay(),
          time.toSeconds());
    }
  }

  private boolean isKnown() {
    synchronized (lock) {
      return refusals >= REFUSALS;
    }
  }

  void register(@Observes @Initialized(ApplicationScoped.class) Object event) {
    try {
      MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
      ObjectName name = new ObjectName(NAME);
      if (!beans.isRegistered(name)) {
        beans.registerMBean(this, name);
      }
    } catch (JMException unavailable) {
      LOG.log(Level.WARNING, "The server cannot be asked to stop by JMX", unavailable);
    }
  }

  void unregister(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    try {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(NAME));
    } catch (JMException notThere) {
      LOG.log(Level.DEBUG, "There was nothing to take out of JMX", notThere);
    }
  }
}
