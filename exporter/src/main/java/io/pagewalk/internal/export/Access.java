package io.pagewalk.internal.export;

import io.pagewalk.internal.checkpoint.kafka.KafkaCheckpointStore;
import io.pagewalk.internal.checkpoint.kafka.KafkaLogView;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.hadoop.HadoopSettings;
import io.pagewalk.internal.hadoop.HadoopStorage;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.storage.LocalStorage;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.KafkaTopic;
import io.pagewalk.location.LocalDirectory;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.Storage;
import java.util.function.Function;

/** Opens locations, with what one command was told about how to reach them. Opening touches nothing yet. */
public final class Access {
    private final Function<KafkaTopic, KafkaSettings> clusters;
    private final HadoopSettings hadoop;
    private final StopSignal stop;
    private final Waits waits = new Waits();

    /**
     * @param clusters tells how to reach the cluster of a topic that holds logs, or why that cannot be done
     * @param hadoop how to reach Hadoop's file systems
     * @param stop ends waiting for that cluster
     */
    public Access(Function<KafkaTopic, KafkaSettings> clusters, HadoopSettings hadoop, StopSignal stop) {
        this.clusters = clusters;
        this.hadoop = hadoop;
        this.stop = stop;
    }

    /** What is waited for there. */
    public Waits waits() {
        return waits;
    }

    /** The storage at a location, for one run. */
    public Storage storage(DirectoryLocation location, String runId) {
        if (location instanceof LocalDirectory local) {
            return LocalStorage.open(local.path(), OutputLayout.TEMPORARY_FOLDER, runId);
        }
        return HadoopStorage.open(location.toString(), OutputLayout.TEMPORARY_FOLDER, runId, hadoop);
    }

    /** A log in a topic, for one run, or for the one who removes it. */
    public CheckpointStore store(KafkaTopic topic, LogName log) {
        return new KafkaCheckpointStore(clusters.apply(topic), topic.name(), log, stop, waits);
    }

    /** A log in a topic, to look at. */
    public CheckpointStore view(KafkaTopic topic, LogName log) {
        return KafkaLogView.open(clusters.apply(topic), topic.name(), log, stop, waits);
    }
}
