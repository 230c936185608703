package io.pagewalk.internal.schema.json;

import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.Constant;
import io.pagewalk.internal.schema.walk.ByteText;
import io.pagewalk.internal.schema.walk.Notes;
import io.pagewalk.row.RowLayout.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object whose members have columns of their own. Members are read as they come, unless one comes twice: as the last one counts, the
 * payload is then read anew, and {@linkplain JsonPayload#isCareful with care}: first all members of an object are noted.
 */
final class MembersNode extends ShapeNode {
    private final MemberNames names;
    private final String[] labels;
    private final ShapeNode[] members;
    private final @Nullable MoreNode more;
    private final Constant[] constants;

    /**
     * @param labels the members' names
     * @param members what reads each
     * @param more what keeps other members; null if they are left out
     */
    MembersNode(
            Place place,
            List<String> labels,
            List<ShapeNode> members,
            @Nullable MoreNode more,
            List<Constant> constants) {
        super(place);
        this.names = new MemberNames(labels);
        this.labels = labels.toArray(String[]::new);
        this.members = members.toArray(ShapeNode[]::new);
        this.more = more;
        this.constants = constants.toArray(Constant[]::new);
    }

    @Override
    int value(JsonPayload payload, int from, int repetition) throws BadPayloadException {
        if (payload.at(from) != '{') {
            throw new BadPayloadException("value is not an object");
        }
        Notes notes = payload.notes();
        int frame = notes.open(members.length + 2);
        int others = frame + members.length;
        int at = payload.token(from + 1);
        int likely = 0;
        while (payload.at(at) != '}') {
            int nameEnd = payload.stringEnd(at + 1);
            int index = find(payload, at + 1, nameEnd - 1, likely);
            int value = payload.token(payload.token(nameEnd) + 1);
            int end;
            if (index < 0) {
                end = payload.end(value);
                other(payload, others, at, end);
            } else {
                end = member(payload, frame + index, index, value, repetition);
                likely = index + 1;
            }
            at = payload.token(end);
            at = payload.at(at) == ',' ? payload.token(at + 1) : at;
        }
        finish(payload, frame, repetition);
        if (more != null) {
            more.emit(payload, others, repetition);
        }
        for (Constant constant : constants) {
            constant.emit(payload.events(), repetition);
        }
        notes.close(frame);
        return at + 1;
    }

    private int find(JsonPayload payload, int from, int to, int likely) throws BadPayloadException {
        if (!payload.wasEscaped()) {
            return names.find(payload.bytes(), from, to, likely);
        }
        ByteText text = payload.text();
        int made = text.length();
        payload.name(from, to);
        int index = names.find(text.bytes(), made, text.length(), likely);
        text.cut(made);
        return index;
    }

    private int member(JsonPayload payload, int cell, int index, int at, int repetition) throws BadPayloadException {
        Notes notes = payload.notes();
        if (payload.isCareful()) {
            notes.set(cell, at);
            return payload.end(at);
        }
        if (notes.get(cell) != 0) {
            throw payload.repeated();
        }
        notes.set(cell, 1);
        return read(payload, index, at, repetition);
    }

    private int read(JsonPayload payload, int index, int at, int repetition) throws BadPayloadException {
        try {
            return members[index].read(payload, at, repetition);
        } catch (BadPayloadException e) {
            throw e == payload.repeated() ? e : e.within(labels[index]);
        }
    }

    private void other(JsonPayload payload, int list, int from, int to) {
        if (more != null) {
            payload.notes().add(list, Notes.range(from, to), 0);
        } else {
            payload.setUnknownMembers(payload.unknownMembers() + 1);
        }
    }

    private void finish(JsonPayload payload, int frame, int repetition) throws BadPayloadException {
        Notes notes = payload.notes();
        for (int i = 0; i < members.length; i++) {
            int noted = (int) notes.get(frame + i);
            if (noted == 0) {
                missing(payload, i, repetition);
            } else if (payload.isCareful()) {
                read(payload, i, noted, repetition);
            }
        }
    }

    private void missing(JsonPayload payload, int index, int repetition) throws BadPayloadException {
        try {
            members[index].absent(payload, repetition);
        } catch (BadPayloadException e) {
            throw e.within(labels[index]);
        }
    }
}
