package io.pagewalk.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What keys, values and header values are taken for. */
@Command(optionListHeading = "Payloads")
final class PayloadOptions {
    @Option(
            names = "--key-format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "bytes, string (UTF-8), json, or auto: decided by a look at the records"
                    + " (default: ${DEFAULT-VALUE}).")
    PayloadChoice keyFormat = PayloadChoice.AUTO;

    @Option(
            names = "--value-format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "Likewise for values (default: ${DEFAULT-VALUE}).")
    PayloadChoice valueFormat = PayloadChoice.AUTO;

    @Option(
            names = "--header-format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "Likewise for the values of headers (default: ${DEFAULT-VALUE}).")
    PayloadChoice headerFormat = PayloadChoice.AUTO;
}
