package io.pagewalk.topics;

import io.pagewalk.Pagewalk;
import io.pagewalk.StoredExport;
import io.pagewalk.error.UsageException;
import io.pagewalk.model.DataFileName;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the exports of many topics by the directories of their output. No broker is asked. */
public final class StoredTopics {
    private final Pagewalk pagewalk;
    private final TopicPlaces places;

    /** Nothing is opened yet. */
    public StoredTopics(Pagewalk pagewalk, TopicPlaces places) {
        this.pagewalk = pagewalk;
        this.places = places;
    }

    /**
     * The exports that are there, and one for each topic that is named and has none, which says so when it is asked.
     *
     * @param selection which are meant, or null for all
     * @return in the order of their topics' names
     * @throws io.pagewalk.error.ExportFailedException if the output cannot be read
     */
    public List<StoredTopic> find(@Nullable TopicSelection selection) {
        SortedMap<String, StoredTopic> found = new TreeMap<>();
        if (selection != null) {
            selection.named().forEach(topic -> found.put(topic, at(topic)));
        }
        for (String directory : pagewalk.directories(places.output())) {
            for (String topic : topicsOf(directory, selection)) {
                found.put(topic, at(topic));
            }
        }
        return new ArrayList<>(found.values());
    }

    private StoredTopic at(String topic) {
        return new StoredTopic(topic, pagewalk.stored(places.of(topic)));
    }

    /** The names of most directories are those of topics; what others are of is known by the claims in them. */
    private List<String> topicsOf(String directory, @Nullable TopicSelection selection) {
        boolean isTopic = DataFileName.partOf(directory).equals(directory);
        if (isTopic && selection != null && !selection.includes(directory)) {
            return List.of();
        }
        List<String> topics = new ArrayList<>();
        try {
            for (StoredExport export : pagewalk.exports(places.output().resolve(directory))) {
                String topic = export.place().exportId();
                if (topic != null
                        && DataFileName.partOf(topic).equals(directory)
                        && (selection == null || selection.includes(topic))) {
                    topics.add(topic);
                }
            }
        } catch (UsageException e) {
            // Its claim is damaged, which who asks for it is told.
            if (isTopic) {
                topics.add(directory);
            }
        }
        return topics;
    }
}
