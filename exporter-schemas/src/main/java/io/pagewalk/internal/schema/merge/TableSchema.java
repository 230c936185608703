package io.pagewalk.internal.schema.merge;

import io.pagewalk.internal.schema.Binding;
import io.pagewalk.internal.schema.SourceType;
import io.pagewalk.internal.schema.merge.MergedNode.At;
import io.pagewalk.internal.schema.merge.MergedNode.Branch;
import io.pagewalk.internal.schema.merge.TableNotice.Kind;
import io.pagewalk.row.Member;
import io.pagewalk.row.RowLayout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The one schema of a table: what all versions of a topic's keys, or of its values, were merged to, and how each version is bound to it.
 * It depends on the versions and the unit of time alone, so whoever has them has the table. Immutable, and safe for use by any number of
 * threads.
 *
 * <p>Path by path, the newest version's type is joined with that of every older version that joins with it, until nothing changes. What
 * does not join keeps its place in older versions, and makes a record bad that has a value there. Names and defaults are the newest
 * version's, and columns stand in the order in which they first appeared. See {@code docs/typed.md}.
 */
public final class TableSchema {
    private static final int MANY_LEAVES = 1_000;

    private final Member column;
    private final RowLayout layout;
    private final MergedNode root;
    private final Binder binder;
    private final boolean several;
    private final List<List<Binding>> bindings;
    private final List<TableNotice> notices;
    private final List<String> origins;
    private final String text;

    private TableSchema(String name, List<SchemaSubject> subjects, TimeUnit unit) throws SchemaRefusedException {
        List<String> labels = new ArrayList<>();
        List<List<At>> versions = new ArrayList<>();
        for (SchemaSubject subject : subjects) {
            List<At> newestFirst = new ArrayList<>();
            for (SchemaVersion version : subject.versions()) {
                newestFirst.add(0, new At(labels.size(), version.type()));
                labels.add(version.label());
            }
            versions.add(newestFirst);
        }
        Notices found = new Notices(labels);
        PathMerge merge = new PathMerge(unit, found);
        several = subjects.size() > 1;
        root = several
                ? roots(name, subjects, versions, merge, found)
                : root(name, subjects.get(0), versions.get(0), merge);
        if (merge.leaves() > MANY_LEAVES) {
            found.add(Kind.SIZE, name, "has " + merge.leaves() + " columns");
        }
        column = TableMembers.member(name, root, true);
        layout = new RowLayout(column);
        binder = new Binder(layout, found);
        binder.addPresets(name, root, layout.root());
        text = TableText.write(column, root, binder::hasPreset);
        List<List<Binding>> bound = new ArrayList<>();
        for (int subject = 0; subject < versions.size(); subject++) {
            List<Binding> oldestFirst = new ArrayList<>();
            for (At at : versions.get(subject)) {
                oldestFirst.add(0, bind(subject, at.type(), at.version(), Unmatched.BAD));
            }
            bound.add(List.copyOf(oldestFirst));
        }
        bindings = List.copyOf(bound);
        notices = found.all();
        origins = layout.leaves().stream()
                .map(leaf -> found.originOf(leaf.path()))
                .toList();
    }

    /**
     * Merges the versions of a topic's subjects.
     *
     * @param column what the column is called
     * @param subjects in the order in which they were registered first; where there is more than one, the column is a struct with an
     *     optional member for each
     * @param unit of all times in the table: milliseconds, microseconds or nanoseconds
     * @throws SchemaRefusedException if there is only null, or far too much
     */
    public static TableSchema merge(String column, List<SchemaSubject> subjects, TimeUnit unit)
            throws SchemaRefusedException {
        return new TableSchema(column, subjects, unit);
    }

    private static MergedNode root(String path, SchemaSubject subject, List<At> versions, PathMerge merge)
            throws SchemaRefusedException {
        MergedNode node = merge.merge(path, 1, versions);
        if (node instanceof MergedNode.Nothing) {
            throw new SchemaRefusedException("the schema of " + subject.name() + " is only null");
        }
        return node;
    }

    private static MergedNode roots(
            String path, List<SchemaSubject> subjects, List<List<At>> versions, PathMerge merge, Notices notices)
            throws SchemaRefusedException {
        Names names = new Names(path, notices);
        List<Branch> branches = new ArrayList<>();
        for (int index = 0; index < versions.size(); index++) {
            SchemaSubject subject = subjects.get(index);
            String full = recordName(versions.get(index).get(0).type());
            String name = full.isEmpty()
                    ? names.branch(subject.name(), subject.name())
                    : names.branch(full.substring(full.lastIndexOf('.') + 1), full);
            List<At> newestFirst = versions.get(index);
            notices.origin(
                    path + "." + name, newestFirst.get(newestFirst.size() - 1).version());
            MergedNode node = root(path + "." + name, subject, newestFirst, merge);
            branches.add(new Branch(name, subject.name(), newestFirst, node));
        }
        return new MergedNode.Choice(branches);
    }

    private static String recordName(SourceType type) {
        return type instanceof SourceType.Group group ? group.fullName() : "";
    }

    private Binding bind(int subject, SourceType type, int version, Unmatched unmatched) {
        return several && root instanceof MergedNode.Choice choice
                ? binder.bindBranch(choice, subject, layout.root(), type, version, unmatched)
                : binder.bind(root, layout.root(), type, version, unmatched);
    }

    /** The column; null in it is a payload that is null. */
    public Member column() {
        return column;
    }

    /** Its leaves. */
    public RowLayout layout() {
        return layout;
    }

    /**
     * How values of a version that was merged become the table's.
     *
     * @param subject its subject's index among those that were merged
     * @param version its index among the subject's versions
     */
    public Binding binding(int subject, int version) {
        return bindings.get(subject).get(version);
    }

    /**
     * Binds a version that was not merged, as it is newer than the table.
     *
     * @param subject the index of the subject that it is of
     * @param unmatched what becomes of fields that the table has no column for
     */
    public Binding bindLater(int subject, SourceType type, Unmatched unmatched) {
        return bind(subject, type, Binder.LATER, unmatched);
    }

    /** What whoever plans an export should know of the table, in the order of its columns, more or less. */
    public List<TableNotice> notices() {
        return notices;
    }

    /** The labels of the versions that brought each leaf. */
    public List<String> origins() {
        return origins;
    }

    /** The table's schema with its defaults as JSON: the same text for the same table. */
    public String text() {
        return text;
    }

    /** The SHA-256 of {@link #text} in UTF-8, in hexadecimal digits. */
    public String digest() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /**
     * The column that a text of {@link #text} is of.
     *
     * @throws IllegalArgumentException if it is no such text
     */
    public static Member parse(String text) {
        return TableText.parse(text);
    }
}
