package io.socle.realtime.contracts.log;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** A schema as lines, one for each fact that a reader or writer of another version depends on. */
final class SchemaLines {
    private final SortedSet<String> lines = new TreeSet<>();

    private SchemaLines() {}

    static SortedSet<String> of(FileDescriptor file) {
        SchemaLines schema = new SchemaLines();
        file.getMessageTypes().forEach(schema::message);
        file.getEnumTypes().forEach(schema::enumeration);
        return schema.lines;
    }

    private void message(Descriptor message) {
        lines.add("message " + message.getFullName());
        message.getFields().forEach(field -> field(message, field));
        message.getNestedTypes().forEach(this::message);
        message.getEnumTypes().forEach(this::enumeration);
    }

    private void field(Descriptor message, FieldDescriptor field) {
        String presence = field.isRepeated() ? "repeated" : field.hasPresence() ? "present or absent" : "plain";
        OneofDescriptor choice = field.getRealContainingOneof();
        lines.add("field %s.%s = %d %s %s%s"
                .formatted(
                        message.getFullName(),
                        field.getName(),
                        field.getNumber(),
                        presence,
                        type(field),
                        choice == null ? "" : " in oneof " + choice.getName()));
    }

    private static String type(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> field.getMessageType().getFullName();
            case ENUM -> field.getEnumType().getFullName();
            default -> field.getType().name().toLowerCase(Locale.ROOT);
        };
    }

    private void enumeration(EnumDescriptor type) {
        type.getValues()
                .forEach(value -> lines.add(
                        "value %s.%s = %d".formatted(type.getFullName(), value.getName(), value.getNumber())));
    }
}
