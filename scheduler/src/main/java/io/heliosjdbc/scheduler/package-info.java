/** Admission, queues and dispatch: {@code SchedulerCore} decides, {@code WorkloadScheduler} blocks. */
@NullMarked
package io.heliosjdbc.scheduler;

import org.jspecify.annotations.NullMarked;
