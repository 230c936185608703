package io.pagewalk;

import io.pagewalk.audit.AuditResult;

/**
 * What an audit of an export came to.
 *
 * @param exportId its name
 * @param logLocation where its log is, for people
 * @param result the figures
 */
public record Verification(String exportId, String logLocation, AuditResult result) {
    /** Whether all is as the log records it, and the export is complete. */
    public boolean isAsRecorded() {
        return result.findings() == 0;
    }
}
