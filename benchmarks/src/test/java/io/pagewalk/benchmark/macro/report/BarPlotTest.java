package io.pagewalk.benchmark.macro.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class BarPlotTest {
    @Test
    void isWellFormedAndShowsWhatRan() throws Exception {
        Section section = new Section(
                "compare",
                "Copies & costs",
                List.of(
                        new Section.Row("bare", "bare", ""),
                        new Section.Row("pagewalk-jsonl", "bare", ""),
                        new Section.Row("spark", "bare", "")));
        List<Run> runs = List.of(
                new Run("compare", "bare", 1, 1_000_000, 4, 2, null, 0),
                new Run("compare", "pagewalk-jsonl", 1, 1_000_000, 6, 3, null, 0));
        Machine machine = new Machine("cpu <x>", 2, 1L << 30, "system", "java", 0);
        Results results = new Results(
                "now", "run", machine, Map.of(), "records", 1_000_000, 8, 1, new Runs(runs), List.of(), List.of());

        String svg = BarPlot.of(section, results);

        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
        assertThat(document.getDocumentElement().getTextContent())
                .contains("Copies & costs", "bare", "pagewalk-jsonl", "6.00", "cpu <x>")
                .doesNotContain("spark");
    }
}
