package io.pagewalk.error;

/**
 * What to do about a failure, as a value: a program branches on it, and the command line names the option that does it. An
 * advice that fits one message only is part of that message.
 */
public enum Advice {
    /** The message says it. */
    NONE(""),
    /** Say which cluster, where the connection is made. */
    NAME_A_CLUSTER("name one where you connect"),
    /** Let the run put losses on record, and go on. */
    RECORD_LOSSES("what is committed stands, record the loss to go on without them"),
    /** Say which of several exports is meant. */
    NAME_THE_EXPORT("name the export by its id"),
    /** Say where the log of the export that is meant is, and its name. */
    NAME_THE_EXPORT_AND_ITS_LOG("name the export by its id, and where its log is"),
    /** Say where the log of the export is. */
    NAME_THE_LOG("say where its log is"),
    /** Remove the export without its log. */
    DELETE_WITHOUT_LOG("delete it without its log, which removes all data files of its topic and generation");

    private final String text;

    Advice(String text) {
        this.text = text;
    }

    /** As a message ends with it, in the words of the library; empty for {@link #NONE}. */
    public String text() {
        return text;
    }
}
