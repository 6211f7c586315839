package org.apache.kafka.common.utils;

import java.util.function.Supplier;

/** Kafka's clock, set wrong by the milliseconds of a system property. Takes the place of the class of this name. */
public class SystemTime implements Time {
  private static final SystemTime SYSTEM_TIME = new SystemTime();
  private static final long SHIFT_MS = Long.getLong("wirefold.clock.shift.ms", 0L);

  public static SystemTime getSystemTime() {
    return SYSTEM_TIME;
  }

  @Override
  public long milliseconds() {
    return System.currentTimeMillis() + SHIFT_MS;
  }

  @Override
  public long nanoseconds() {
    return System.nanoTime();
  }

  @Override
  public void sleep(long ms) {
    Utils.sleep(ms);
  }

  @Override
  public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMs) throws InterruptedException {
    synchronized (object) {
      while (!condition.get()) {
        long leftMs = deadlineMs - milliseconds();
        if (leftMs <= 0) throw new org.apache.kafka.common.errors.TimeoutException("Condition not satisfied before deadline");
        object.wait(leftMs);
      }
    }
  }
}
