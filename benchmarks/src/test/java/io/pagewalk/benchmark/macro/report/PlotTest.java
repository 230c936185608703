package io.pagewalk.benchmark.macro.report;

import static io.pagewalk.benchmark.macro.report.Samples.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** Both plots. */
class PlotTest {
    @Test
    void barsAreWellFormedAndShowWhatRan() throws Exception {
        Section section = new Section(
                "compare",
                "Copies & costs",
                List.of(
                        new Section.Row("bare", "bare", ""),
                        new Section.Row("pagewalk-jsonl", "bare", ""),
                        new Section.Row("spark", "bare", "")));
        List<Run> runs =
                List.of(run("compare", "bare", 1, 1_000_000, 4), run("compare", "pagewalk-jsonl", 1, 1_000_000, 6));

        assertThat(text(BarPlot.of(section, Samples.results(runs))))
                .contains("Copies & costs", "bare", "pagewalk-jsonl", "6.00", "cpu <x>")
                .doesNotContain("spark");
    }

    @Test
    void lengthsAreWellFormedAndShowWhoRanOnWhichOfThem() throws Exception {
        List<Run> runs = List.of(
                run("small", "kcat", 1, 300_000, 1),
                run("compare", "kcat", 1, 3_000_000, 8),
                run("compare", "spark", 1, 3_000_000, 34),
                run("long", "kcat", 1, 12_000_000, 31));

        assertThat(text(LengthPlot.of(Samples.results(runs)).orElseThrow()))
                .contains("300,000", "3,000,000", "12,000,000", "kcat 31.0 s", "spark 34.0 s", "20 s", "cpu <x>");
    }

    @Test
    void oneLengthAloneIsNoPlot() {
        List<Run> runs = List.of(run("compare", "kcat", 1, 3_000_000, 8), run("compare", "spark", 1, 3_000_000, 34));

        assertThat(LengthPlot.of(Samples.results(runs))).isEmpty();
    }

    @Test
    void labelsLieApartAndStayInOrder() {
        assertThat(Labels.apart(new double[] {0, 100, 101, 103, 300}, 17)).satisfies(places -> {
            for (int i = 1; i < places.length; i++) {
                assertThat(places[i] - places[i - 1]).isGreaterThan(16.9);
            }
            assertThat(places[0]).isZero();
            assertThat(places[2]).isBetween(100.0, 103.0);
            assertThat(places[4]).isEqualTo(300);
        });
    }

    @Test
    void roundValuesOfAnAxisHaveNoDigitsThatSayNothing() {
        Axis axis = new Axis(0.04, 12, new Axis.Span(0, 100));

        assertThat(axis.roundValues().stream().map(Axis::label))
                .containsExactly("0.05", "0.1", "0.2", "0.5", "1", "2", "5", "10");
        assertThat(axis.at(0.04)).isZero();
        assertThat(axis.at(12)).isEqualTo(100);
    }

    private static String text(String svg) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
        return document.getDocumentElement().getTextContent();
    }
}
