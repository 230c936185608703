package io.pagewalk.follow;

import java.util.Map;

/**
 * Which table is to follow an export. Nothing of it shapes the export's files but the ids of the table's columns, which are asked for
 * once, when the export begins.
 *
 * @param format the table format, such as {@code iceberg}
 * @param table the table's name in its catalog, such as {@code sales.orders}, or one for many topics, as {@link #ofTopic} takes it
 * @param catalog how the catalog is reached, by the format's own names; values may be secrets
 * @param rule when the table is brought level
 * @param reapply whether to add again what a table has lost that was rolled back
 */
public record TableRequest(String format, String table, Map<String, String> catalog, CommitRule rule, boolean reapply) {
    private static final String TOPIC = "{topic}";

    /** Keeps a copy. */
    public TableRequest {
        catalog = Map.copyOf(catalog);
    }

    /** A table of Apache Iceberg, brought level after every page. */
    public static TableRequest iceberg(String table, Map<String, String> catalog) {
        return new TableRequest("iceberg", table, catalog, CommitRule.EVERY_PAGE, false);
    }

    /** The same with another rule. */
    public TableRequest withRule(CommitRule when) {
        return new TableRequest(format, table, catalog, when, reapply);
    }

    /** The same, adding again what the table has lost. */
    public TableRequest reapplying() {
        return new TableRequest(format, table, catalog, rule, true);
    }

    /** The same for one topic, which <code>{topic}</code> in the table's name stands for: its dots become underscores. */
    public TableRequest ofTopic(String topic) {
        return new TableRequest(format, table.replace(TOPIC, topic.replace('.', '_')), catalog, rule, reapply);
    }

    /** Never shows the values of the catalog's settings. */
    @Override
    public String toString() {
        return "TableRequest[" + format + " " + table + ", catalog=" + catalog.keySet() + "]";
    }
}
