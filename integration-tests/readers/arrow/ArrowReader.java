import io.substrait.proto.Expression;
import io.substrait.proto.Expression.FieldReference;
import io.substrait.proto.Expression.Literal;
import io.substrait.proto.Expression.ReferenceSegment;
import io.substrait.proto.Expression.ScalarFunction;
import io.substrait.proto.ExpressionReference;
import io.substrait.proto.ExtendedExpression;
import io.substrait.proto.FunctionArgument;
import io.substrait.proto.NamedStruct;
import io.substrait.proto.SimpleExtensionDeclaration;
import io.substrait.proto.SimpleExtensionURI;
import io.substrait.proto.Type;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.dataset.file.FileFormat;
import org.apache.arrow.dataset.file.FileSystemDatasetFactory;
import org.apache.arrow.dataset.jni.NativeMemoryPool;
import org.apache.arrow.dataset.scanner.ScanOptions;
import org.apache.arrow.dataset.scanner.Scanner;
import org.apache.arrow.dataset.source.Dataset;
import org.apache.arrow.dataset.source.DatasetFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * Reads Parquet files with Arrow C++, as it is asked to. Each line of its input is a request with tabs between its parts: where to
 * write the answer, the file, and of the condition that the rows must meet, if there is one, the column and the least and the greatest
 * value. The answer is one line of text a row, as the tests' RecordLine has it. It prints one line for each request, which says whether it
 * is answered.
 */
public final class ArrowReader {
    private static final List<String> COLUMNS = List.of("topic", "partition", "offset", "timestamp", "timestampType");
    private static final int BATCH = 10_000;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private ArrowReader() {}

    public static void main(String[] args) throws Exception {
        try (BufferAllocator allocator = new RootAllocator()) {
            BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String request = requests.readLine(); request != null; request = requests.readLine()) {
                System.out.println(reply(allocator, request.split("\t", -1)));
            }
        }
    }

    private static String reply(BufferAllocator allocator, String[] request) {
        try {
            Files.write(Path.of(request[0]), rows(allocator, request));
            return "answered";
        } catch (Exception e) {
            return e.toString().replace('\n', ' ');
        }
    }

    private static List<String> rows(BufferAllocator allocator, String[] request) throws Exception {
        ScanOptions.Builder options = new ScanOptions.Builder(BATCH).columns(Optional.empty());
        if (request.length > 2) {
            options.substraitFilter(filter(request[2], request[3], request[4]));
        }
        List<String> rows = new ArrayList<>();
        try (DatasetFactory factory = new FileSystemDatasetFactory(
                        allocator,
                        NativeMemoryPool.getDefault(),
                        FileFormat.PARQUET,
                        Path.of(request[1]).toUri().toString().replaceFirst("^file:/*", "file:///"));
                Dataset dataset = factory.finish();
                Scanner scanner = dataset.newScan(options.build());
                org.apache.arrow.vector.ipc.ArrowReader batches = scanner.scanBatches()) {
            while (batches.loadNextBatch()) {
                add(batches.getVectorSchemaRoot(), rows);
            }
        }
        return rows;
    }

    private static void add(VectorSchemaRoot batch, List<String> rows) {
        ListVector headers = (ListVector) batch.getVector("headers");
        StructVector header = (StructVector) headers.getDataVector();
        TimeStampVector timestamp = (TimeStampVector) batch.getVector("timestamp");
        long perUnit = timestamp instanceof TimeStampMilliTZVector ? 1000 : 1;
        for (int row = 0; row < batch.getRowCount(); row++) {
            List<String> pairs = new ArrayList<>();
            for (int i = headers.getElementStartIndex(row); i < headers.getElementEndIndex(row); i++) {
                pairs.add(hex(header.getChild("key"), i) + "=" + hex(header.getChild("value"), i));
            }
            rows.add(String.join(
                    "|",
                    text(batch.getVector("topic"), row),
                    Integer.toString(((IntVector) batch.getVector("partition")).get(row)),
                    Long.toString(((BigIntVector) batch.getVector("offset")).get(row)),
                    Long.toString(timestamp.get(row) * perUnit),
                    text(batch.getVector("timestampType"), row),
                    hex(batch.getVector("key"), row),
                    hex(batch.getVector("value"), row),
                    String.join(",", pairs)));
        }
    }

    private static String text(FieldVector vector, int row) {
        return new String(((VarCharVector) vector).get(row), StandardCharsets.UTF_8);
    }

    private static String hex(Object vector, int row) {
        byte[] bytes =
                vector instanceof VarCharVector text ? text.get(row) : ((VarBinaryVector) vector).get(row);
        return bytes == null ? "-" : HEX.formatHex(bytes);
    }

    /** The condition in the only form that Arrow's API for Java takes. */
    private static ByteBuffer filter(String column, String low, String high) {
        ExtendedExpression.Builder message = ExtendedExpression.newBuilder();
        Type.Nullability required = Type.Nullability.NULLABILITY_REQUIRED;
        message.addExtensionUris(
                SimpleExtensionURI.newBuilder().setExtensionUriAnchor(1).setUri(uri("functions_comparison.yaml")));
        message.addExtensionUris(
                SimpleExtensionURI.newBuilder().setExtensionUriAnchor(2).setUri(uri("functions_boolean.yaml")));
        message.addExtensions(function(1, 1, "gte:any_any"));
        message.addExtensions(function(1, 2, "lte:any_any"));
        message.addExtensions(function(2, 3, "and:bool"));
        Expression condition = call(
                3, call(1, field(column), literal(column, low)), call(2, field(column), literal(column, high)));
        message.addReferredExpr(
                ExpressionReference.newBuilder().setExpression(condition).addOutputNames("condition"));
        Type text = Type.newBuilder()
                .setString(Type.String.newBuilder().setNullability(required))
                .build();
        message.setBaseSchema(NamedStruct.newBuilder()
                .addAllNames(COLUMNS)
                .setStruct(Type.Struct.newBuilder()
                        .setNullability(required)
                        .addTypes(text)
                        .addTypes(Type.newBuilder().setI32(Type.I32.newBuilder().setNullability(required)))
                        .addTypes(Type.newBuilder().setI64(Type.I64.newBuilder().setNullability(required)))
                        .addTypes(Type.newBuilder()
                                .setTimestampTz(Type.TimestampTZ.newBuilder().setNullability(required)))
                        .addTypes(text)));
        byte[] bytes = message.build().toByteArray();
        // It is read by its address.
        return ByteBuffer.allocateDirect(bytes.length).put(bytes);
    }

    private static String uri(String file) {
        return "https://github.com/substrait-io/substrait/blob/main/extensions/" + file;
    }

    private static SimpleExtensionDeclaration function(int uri, int anchor, String name) {
        return SimpleExtensionDeclaration.newBuilder()
                .setExtensionFunction(SimpleExtensionDeclaration.ExtensionFunction.newBuilder()
                        .setExtensionUriReference(uri)
                        .setFunctionAnchor(anchor)
                        .setName(name))
                .build();
    }

    private static Expression call(int anchor, Expression first, Expression second) {
        return Expression.newBuilder()
                .setScalarFunction(ScalarFunction.newBuilder()
                        .setFunctionReference(anchor)
                        .setOutputType(Type.newBuilder().setBool(Type.Boolean.getDefaultInstance()))
                        .addArguments(FunctionArgument.newBuilder().setValue(first))
                        .addArguments(FunctionArgument.newBuilder().setValue(second)))
                .build();
    }

    private static Expression field(String column) {
        return Expression.newBuilder()
                .setSelection(FieldReference.newBuilder()
                        .setRootReference(FieldReference.RootReference.getDefaultInstance())
                        .setDirectReference(ReferenceSegment.newBuilder()
                                .setStructField(ReferenceSegment.StructField.newBuilder()
                                        .setField(COLUMNS.indexOf(column)))))
                .build();
    }

    private static Expression literal(String column, String text) {
        Literal.Builder literal = Literal.newBuilder();
        switch (column) {
            case "partition" -> literal.setI32(Integer.parseInt(text));
            case "offset" -> literal.setI64(Long.parseLong(text));
            case "timestamp" -> literal.setTimestampTz(Long.parseLong(text));
            default -> literal.setString(text);
        }
        return Expression.newBuilder().setLiteral(literal).build();
    }
}
