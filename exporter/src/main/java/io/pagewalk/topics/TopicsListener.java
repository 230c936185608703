package io.pagewalk.topics;

import io.pagewalk.Export;
import io.pagewalk.ExportListener;
import java.util.Map;

/** Told of the exports of many topics, by several threads. Every method does nothing unless it is overridden. */
public interface TopicsListener {
    /**
     * Nothing has begun yet.
     *
     * @param offsets how many offsets each topic has, as far as that is known
     */
    default void planned(Map<String, Long> offsets) {}

    /**
     * A topic's export begins.
     *
     * @return who is told what happens in it, by the thread that runs it
     */
    default ExportListener begins(String topic, Export export) {
        return new ExportListener() {};
    }

    /** A topic is done with, well or not; also one that was not begun. */
    default void ended(TopicResult result) {}
}
