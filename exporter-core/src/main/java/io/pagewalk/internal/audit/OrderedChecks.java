package io.pagewalk.internal.audit;

import io.pagewalk.audit.Finding;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.execution.AuditWorkers;
import io.pagewalk.execution.FileOutcome;
import io.pagewalk.execution.FileWork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has files checked here, each at once, or elsewhere, many together. Either way all is told in the same order: what is found while
 * files are on their way waits until they have been told of.
 */
final class OrderedChecks implements AutoCloseable {
    /** As much as keeps a cluster busy for a while. */
    private static final int MOST_FILES = 1000;
    /** Findings, and offsets that were set aside, that wait for files. */
    private static final int MOST_KEPT = 100_000;

    private final AuditWorkers.@Nullable Opener opener;
    private final Consumer<Finding> findings;
    /** What comes next, given the outcomes of all the work. */
    private final List<Consumer<List<FileOutcome>>> steps = new ArrayList<>();

    private final List<FileWork> work = new ArrayList<>();
    private long kept;
    private @Nullable AuditWorkers workers;

    /** @param opener who checks files elsewhere, or null to check them here */
    OrderedChecks(AuditWorkers.@Nullable Opener opener, Consumer<Finding> findings) {
        this.opener = opener;
        this.findings = findings;
    }

    /** Tells a finding when its turn has come. */
    void tell(Finding finding) {
        if (work.isEmpty()) {
            findings.accept(finding);
        } else {
            steps.add(outcomes -> findings.accept(finding));
            keep(1);
        }
    }

    /**
     * Has a file checked.
     *
     * @param files those of its run
     * @param told takes the outcome when its turn has come
     */
    void check(FileAudit files, FileWork file, Consumer<FileOutcome> told) {
        if (opener == null) {
            told.accept(files.check(file));
            return;
        }
        if (workers == null) {
            workers = opener.open(files.run());
        }
        int index = work.size();
        work.add(file);
        steps.add(outcomes -> told.accept(outcomes.get(index)));
        keep(file.aside().size());
    }

    private void keep(int more) {
        kept += more;
        if (work.size() >= MOST_FILES || kept >= MOST_KEPT) {
            finish();
        }
    }

    /** Returns once all was told. */
    void finish() {
        if (workers == null || work.isEmpty()) {
            return;
        }
        List<FileWork> sent = List.copyOf(work);
        List<Consumer<List<FileOutcome>>> due = List.copyOf(steps);
        work.clear();
        steps.clear();
        kept = 0;
        List<FileOutcome> outcomes = perform(workers, sent);
        due.forEach(step -> step.accept(outcomes));
    }

    private static List<FileOutcome> perform(AuditWorkers workers, List<FileWork> sent) {
        List<FileOutcome> outcomes;
        try {
            outcomes = workers.perform(sent);
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExportFailedException("interrupted while files were checked elsewhere; run again", e);
        } catch (Exception e) {
            throw new ExportFailedException("cannot have files checked: " + Reasons.line(e) + "; run again", e);
        }
        if (outcomes.size() != sent.size()) {
            throw new IllegalStateException(outcomes.size() + " outcomes of " + sent.size() + " files");
        }
        for (int i = 0; i < sent.size(); i++) {
            requireFits(sent.get(i), outcomes.get(i));
        }
        return outcomes;
    }

    /** A file whose records nobody has looked at must not pass for one that is well. */
    private static void requireFits(FileWork work, FileOutcome outcome) {
        if (outcome.isAsListed() && work.deep() != (outcome.digest() != null)) {
            throw new IllegalStateException("the records of " + work.file().name()
                    + (work.deep() ? " were not decoded" : " were decoded, and were not to be"));
        }
    }

    /** After the files of a run. */
    @Override
    public void close() {
        if (workers != null) {
            workers.close();
            workers = null;
        }
    }
}
