/**
 * An export's log: what its entries say, how they are written and read back, and where it ends. {@link
 * io.pagewalk.log.CheckpointLog} is the entrance.
 */
@NullMarked
package io.pagewalk.log;

import org.jspecify.annotations.NullMarked;
