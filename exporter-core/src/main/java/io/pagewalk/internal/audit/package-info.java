/**
 * Audits an export from its own log, and changes nothing. {@link io.pagewalk.internal.audit.ExportAudit} is the entrance: it
 * follows the log with a {@code LogWalk}, checks each file with a {@code FileAudit}, and compares with the topic on request.
 */
@NullMarked
package io.pagewalk.internal.audit;

import org.jspecify.annotations.NullMarked;
