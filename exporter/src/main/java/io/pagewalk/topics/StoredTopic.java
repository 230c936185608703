package io.pagewalk.topics;

import io.pagewalk.StoredExport;

/**
 * The export of one of many topics, which is there already.
 *
 * @param topic the topic
 * @param export its export; nothing of it is opened
 */
public record StoredTopic(String topic, StoredExport export) {}
