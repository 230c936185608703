package io.pagewalk.internal.schema.json;

import io.pagewalk.internal.schema.Binding;
import io.pagewalk.internal.schema.LeafWriter;
import io.pagewalk.internal.schema.json.JsonShape.Property;
import io.pagewalk.internal.schema.json.JsonShape.Simple;
import io.pagewalk.row.ScalarKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of a shape, and of how its values become a table's, what reads payloads. */
final class ShapeCompiler {
    ShapeNode node(JsonShape shape, Binding binding) {
        if (binding instanceof Binding.Within within) {
            return new ShapeNode.Within(within.place(), within.siblings(), node(shape, within.inner()));
        }
        if (binding instanceof Binding.Dropped) {
            return new ShapeNode.Dropped();
        }
        if (binding instanceof Binding.Refused refused) {
            return new ShapeNode.Refused(refused.place(), refused.reason());
        }
        if (binding instanceof Binding.Nothing nothing) {
            return new ShapeNode.Refused(nothing.place(), "value is not null, as the schema says");
        }
        if (binding instanceof Binding.Leaf leaf) {
            return leaf(shape, leaf);
        }
        if (shape instanceof JsonShape.ObjectOf object && binding instanceof Binding.Group group) {
            return members(object, group);
        }
        if (shape instanceof JsonShape.ListOf list && binding instanceof Binding.Many many) {
            return new ShapeNode.OfList(many.place(), node(list.element(), many.element()));
        }
        if (shape instanceof JsonShape.MapOf map && binding instanceof Binding.Entries entries) {
            return new EntriesNode(entries.place(), LeafWriter.of(entries.key()), node(map.value(), entries.value()));
        }
        throw new IllegalStateException(shape + " as " + binding);
    }

    private static ShapeNode leaf(JsonShape shape, Binding.Leaf leaf) {
        LeafWriter writer = LeafWriter.of(leaf);
        if (leaf.from().type().kind() == ScalarKind.JSON) {
            return new ShapeNode.OfAny(leaf.place(), writer);
        }
        return switch ((Simple) shape) {
            case INTEGER -> new ShapeNode.OfInteger(leaf.place(), writer);
            case NUMBER -> new ShapeNode.OfNumber(leaf.place(), writer);
            case STRING -> new ShapeNode.OfString(leaf.place(), writer);
            case BOOLEAN -> new ShapeNode.OfBoolean(leaf.place(), writer);
            case NULL, ANY -> throw new IllegalStateException(shape + " as " + leaf);
        };
    }

    private ShapeNode members(JsonShape.ObjectOf object, Binding.Group group) {
        List<String> labels = new ArrayList<>();
        List<ShapeNode> members = new ArrayList<>();
        for (Property property : object.properties()) {
            labels.add(property.name());
            members.add(node(property.shape(), group.fields().get(members.size())));
        }
        MoreNode more = object.more() ? more(group.fields().get(members.size())) : null;
        return new MembersNode(group.place(), labels, members, more, group.absent());
    }

    private static @Nullable MoreNode more(Binding binding) {
        if (binding instanceof Binding.Leaf leaf) {
            return new MoreNode(leaf.place(), LeafWriter.of(leaf), "");
        }
        if (binding instanceof Binding.Refused refused) {
            return new MoreNode(refused.place(), null, refused.reason());
        }
        if (binding instanceof Binding.Dropped) {
            return null;
        }
        throw new IllegalStateException(binding.toString());
    }
}
