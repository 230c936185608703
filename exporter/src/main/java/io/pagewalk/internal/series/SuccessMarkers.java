package io.pagewalk.internal.series;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claims;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.internal.log.RunLogs;
import io.pagewalk.log.ExportState;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;

/** Puts a marker beside the files of a window that is complete, by which jobs of others know that. Used by one thread. */
public final class SuccessMarkers implements NextRuns.Completion {
    private final Storage output;
    private final RunLogs logs;
    private final String topic;

    public SuccessMarkers(Storage output, RunLogs logs, String topic) {
        this.output = output;
        this.logs = logs;
        this.topic = topic;
    }

    /**
     * Puts markers into an output, if that is wanted.
     *
     * @throws UsageException if the output holds exports of other topics
     */
    public static NextRuns.Completion in(ExportPlaces places, String topic, SeriesTerms terms) {
        if (!terms.marksSuccess()) {
            return state -> {};
        }
        SuccessMarkers markers = new SuccessMarkers(places.output(), places.logs(), topic);
        markers.requireAlone();
        return markers;
    }

    /** Publishes the marker of a window that is complete, unless it is there. */
    @Override
    public void of(ExportState state) {
        String directory = state.start().naming().directory();
        if (directory.isEmpty()) {
            return;
        }
        String marker = OutputLayout.successMarker(directory);
        try {
            publish(marker);
            takeBackIfGone(state.series().number(), marker);
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot publish " + output.location() + "/" + marker + ": " + Reasons.describe(e)
                            + "; the window is complete, run again to mark it",
                    e);
        }
    }

    private void publish(String marker) throws IOException {
        if (output.exists(marker)) {
            return;
        }
        try (Storage.PendingFile file = output.create(marker)) {
            file.publish();
        } catch (FileAlreadyExistsException e) {
            output.persist(marker);
        }
    }

    /** Whoever has deleted the export, or let the run expire, may have been here before. */
    private void takeBackIfGone(int run, String marker) throws IOException {
        try {
            logs.requireThere(run);
        } catch (PagewalkException e) {
            output.delete(marker);
            throw e;
        }
    }

    /**
     * Refuses an output that holds exports of other topics: the marker of a directory says nothing of two.
     *
     * @throws UsageException if it does
     */
    private void requireAlone() {
        try {
            for (Claims claims : Claims.all(output)) {
                if (!claims.topic().equals(topic) && claims.current().isPresent()) {
                    throw new UsageException("success markers need an output for topic " + topic + " alone, and "
                            + output.location() + " holds an export of topic " + claims.topic() + ", too");
                }
            }
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot use the output " + output.location() + ": " + Reasons.describe(e)
                            + "; fix that and run again",
                    e);
        }
    }
}
