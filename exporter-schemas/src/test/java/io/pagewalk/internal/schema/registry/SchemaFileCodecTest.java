package io.pagewalk.internal.schema.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pagewalk.error.NewerVersionException;
import io.pagewalk.internal.schema.registry.RegisteredSchema.Named;
import io.pagewalk.internal.schema.registry.RegisteredSchema.UnboundedSchemaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaFileCodecTest {
    private static RegisteredSchema schema(String text, Named... references) throws UnboundedSchemaException {
        return RegisteredSchema.of(SchemaKind.AVRO, text, List.of(references));
    }

    @Test
    void aFileHoldsAllThatASchemaRefersToOnce() throws Exception {
        RegisteredSchema base = schema("\"base \u00e9 \ud83d\ude00\"");
        RegisteredSchema left = schema("left", new Named("b", base));
        RegisteredSchema top = schema("top", new Named("l", left), new Named("b", base));
        byte[] file = SchemaFileCodec.encode(top);
        RegisteredSchema read = SchemaFileCodec.decode(file, top.digest());
        assertThat(read).isEqualTo(top);
        assertThat(read.references()).isEqualTo(top.references());
        assertThat(SchemaFileCodec.encode(read)).isEqualTo(file);
        assertThat(new String(file, UTF_8).split("base", -1)).hasSize(2);
    }

    @Test
    void digestsStayAsTheyAre() throws Exception {
        assertThat(schema("\"string\"").digest())
                .isEqualTo(sha256("16:pagewalk schema 1".replace("16", "17") + "\n4:avro\n8:\"string\"\n"));
    }

    private static String sha256(String text) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }

    @Test
    void whatDiffersHasAnotherDigest() throws Exception {
        RegisteredSchema base = schema("base");
        assertThat(List.of(
                                base,
                                RegisteredSchema.of(SchemaKind.PROTOBUF, "base"),
                                schema("base "),
                                schema("base", new Named("a", schema("x"))),
                                schema("base", new Named("b", schema("x"))),
                                schema("base", new Named("a", schema("y"))),
                                schema("base", new Named("a", schema("x")), new Named("b", schema("y"))),
                                schema("base", new Named("b", schema("y")), new Named("a", schema("x"))))
                        .stream()
                        .map(RegisteredSchema::digest))
                .doesNotHaveDuplicates()
                .allMatch(digest -> digest.matches("[0-9a-f]{64}"));
    }

    @Test
    void schemasAreBounded() throws Exception {
        RegisteredSchema deep = schema("0");
        for (int i = 1; i < RegisteredSchema.MOST_DEPTH; i++) {
            deep = schema(Integer.toString(i), new Named("r", deep));
        }
        RegisteredSchema deepest = deep;
        assertThatExceptionOfType(UnboundedSchemaException.class)
                .isThrownBy(() -> schema("x", new Named("r", deepest)));
        List<Named> many = new ArrayList<>();
        for (int i = 0; i < RegisteredSchema.MOST_SCHEMAS; i++) {
            many.add(new Named("r" + i, schema("s" + i)));
        }
        assertThatExceptionOfType(UnboundedSchemaException.class)
                .isThrownBy(() -> RegisteredSchema.of(SchemaKind.AVRO, "x", many));
        assertThatExceptionOfType(UnboundedSchemaException.class)
                .isThrownBy(() -> schema("x".repeat(RegisteredSchema.MOST_TEXT + 1)));
    }

    @Test
    void theLargestSchemaFitsIntoAFile() throws Exception {
        RegisteredSchema large = schema("\u0001".repeat(RegisteredSchema.MOST_TEXT));
        byte[] file = SchemaFileCodec.encode(large);
        assertThat(file.length).isLessThanOrEqualTo(SchemaFileCodec.MOST_BYTES);
        assertThat(SchemaFileCodec.decode(file, large.digest())).isEqualTo(large);
    }

    @Test
    void aNewerFileIsNotTakenForADamagedOne() {
        assertThatExceptionOfType(NewerVersionException.class)
                .isThrownBy(() -> SchemaFileCodec.decode("{\"version\":2,\"x\":[]}".getBytes(UTF_8), "0"));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aDamagedFileIsToldWithoutRepeatingIt(long seed) throws Exception {
        RegisteredSchema top = schema("top", new Named("b", schema("secret-text")));
        byte[] file = SchemaFileCodec.encode(top);
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = file.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(SchemaFileCodec.decode(damaged, top.digest())).isEqualTo(top);
            } catch (NewerVersionException e) {
                assertThat(e).hasMessageContaining("newer");
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageNotContaining("secret");
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SchemaFileCodec.decode(file, schema("top").digest()));
    }
}
