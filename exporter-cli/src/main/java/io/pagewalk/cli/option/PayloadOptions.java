package io.pagewalk.cli.option;

import io.pagewalk.http.record.PayloadChoices;
import io.pagewalk.payload.PayloadChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What keys, values and header values are taken for. */
@Command(optionListHeading = "Payloads")
public final class PayloadOptions {
    @Option(
            names = "--key-format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "bytes, string (UTF-8), json; registry, avro, protobuf or json-schema: read by the schemas"
                    + " that payloads have; or auto: decided by a look at the records"
                    + " (default: ${DEFAULT-VALUE}).")
    public PayloadChoice keyFormat = PayloadChoice.AUTO;

    @Option(
            names = "--value-format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "Likewise for values (default: ${DEFAULT-VALUE}).")
    public PayloadChoice valueFormat = PayloadChoice.AUTO;

    @Option(
            names = "--header-format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "Likewise for the values of headers (default: ${DEFAULT-VALUE}).")
    public PayloadChoice headerFormat = PayloadChoice.AUTO;

    /** All three. */
    public PayloadChoices choices() {
        return new PayloadChoices(keyFormat, valueFormat, headerFormat);
    }
}
