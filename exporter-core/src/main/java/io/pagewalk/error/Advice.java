package io.pagewalk.error;

/**
 * What to do about a failure, as a value: a program branches on it, and the command line names the option that does it. What
 * is done in the same way everywhere, such as to run again, is part of the message.
 */
public enum Advice {
    /** The message says it. */
    NONE(""),
    /** Say which cluster, where the connection is made. */
    NAME_A_CLUSTER("name one where you connect"),
    /** Change a setting of Kafka's clients, which the message names. */
    CHANGE_CLIENT_SETTINGS("client settings are given where you connect"),
    /** Change a setting of the schema registry's client, which the message names. */
    CHANGE_REGISTRY_SETTINGS("settings of the schema registry are given where it is named"),
    /** Say which of the schema registry's contexts is meant where it is named. */
    NAME_THE_CONTEXT("contexts of the schema registry are named where it is"),
    /** Let runs begin whose columns lack fields that are new. */
    KEEP_THE_COLUMNS("keep the columns to go on without them"),
    /** Change a setting of a file system, which the message names. */
    CHANGE_FILE_SYSTEM_SETTINGS("file system settings are given where you connect"),
    /** Run again; where the brokers need more time, with a longer retry timeout. */
    WAIT_LONGER("run again, with a longer retry timeout to wait longer"),
    /** Ask for a shorter retry timeout. */
    WAIT_LESS("use a shorter retry timeout"),
    /** Let the run put losses on record, and go on. */
    RECORD_LOSSES("what is committed stands, record the loss to go on without them"),
    /** Begin a walk anew, with the token of a first page. */
    BEGIN_ANEW("begin anew with the token of a first page"),
    /** Let the run set records aside that do not fit, or begin an export whose files they fit into. */
    SET_RECORDS_ASIDE("set such records aside, or start a new export into an empty output with another format"),
    /** Let the run set more records of a page aside, or begin an export whose files they fit into. */
    SET_MORE_RECORDS_ASIDE("allow more and run again, or delete the export and start it anew with another format"),
    /** Ask for fewer files a page, so that its checkpoint is smaller. */
    MAKE_CHECKPOINTS_SMALLER("smaller pages or larger files make checkpoints smaller"),
    /** Say where else the log of the export shall be. */
    MOVE_THE_LOG("keep the checkpoints elsewhere"),
    /** Put back what was removed or changed in a log or claim, or begin again without it. */
    RESTORE_THE_LOG("restore it, or delete the export without its log and export anew"),
    /** Say which of several exports is meant. */
    NAME_THE_EXPORT("name the export by its id"),
    /** Say where the log of the export that is meant is, and its name. */
    NAME_THE_EXPORT_AND_ITS_LOG("name the export by its id, and where its log is"),
    /** Say where the log of the export is. */
    NAME_THE_LOG("say where its log is"),
    /** Go on with the export as a series. */
    GO_ON_INCREMENTALLY("go on with it incrementally to add what is new"),
    /** Say at which time a series by windows begins. */
    SAY_WHERE_TO_BEGIN("say at which time the series begins"),
    /** Say which table follows the export, and how its catalog is reached. */
    NAME_THE_TABLE("name the table and its catalog"),
    /** Bring the table level again: what it has lost is added once more. */
    REAPPLY("reapply what it lacks, or detach the table"),
    /** See whether the table has what it was given, and say so; else end that it follows. */
    ACCEPT_THE_TABLE("see whether the table has these rows, and accept it if so, or detach it"),
    /** End that the table follows the export; then it may follow into another one. */
    DETACH_THE_TABLE("detach the table, and let the export be followed by another one"),
    /** Bring the table level with the log first. */
    SYNC_THE_TABLE("bring the table level first"),
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
