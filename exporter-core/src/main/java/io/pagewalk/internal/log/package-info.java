/**
 * How the entries of an export's log are written and read back, and where the log ends. {@link
 * io.pagewalk.internal.log.CheckpointLog} is the entrance.
 */
@NullMarked
package io.pagewalk.internal.log;

import org.jspecify.annotations.NullMarked;
