package io.pagewalk.it.browse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Serving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;

/** A tab with the page in it. What its console says that no test expects, such as a breach of the policy, fails the test when it is closed. */
final class Tab implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Chromium.Driver driver;
    private final Runnable leave;
    private final String own;
    private final Set<String> expected = new HashSet<>();

    Tab(Chromium.Driver driver, Runnable leave) {
        this.driver = driver;
        this.leave = leave;
        this.own = driver.getWindowHandle();
        // What is late of who had it before.
        log();
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(90));
        size(1280, 800);
    }

    /** Opens the page as somebody does who has the address that the server has printed. */
    Tab open(Serving serving, String query) {
        return openAt(serving.url() + query + "#secret=" + Serving.SECRET);
    }

    Tab openAt(String address) {
        driver.get(address);
        return this;
    }

    /** The server answers with such a failure, which browsers write to their consoles. */
    Tab expects(int status) {
        expected.add("Failed to load resource: the server responded with a status of " + status);
        return this;
    }

    /** The server will be gone. */
    void expectsNoServer() {
        expected.add("Failed to load resource: net::ERR_");
    }

    /** Is asked again, after another tab was. */
    void focus() {
        driver.switchTo().window(own);
    }

    void reload() {
        driver.navigate().refresh();
    }

    void back() {
        driver.navigate().back();
    }

    String address() {
        return driver.getCurrentUrl();
    }

    /** The value of an expression. */
    Object value(String expression, Object... arguments) {
        return driver.executeScript("return " + expression, arguments);
    }

    String text(String css) {
        return String.valueOf(value("document.querySelector(arguments[0])?.textContent", css));
    }

    /** The texts of all elements of a kind. */
    List<String> texts(String css) {
        List<String> texts = new ArrayList<>();
        ((List<?>) value("[...document.querySelectorAll(arguments[0])].map(each => each.textContent)", css))
                .forEach(text -> texts.add(String.valueOf(text)));
        return texts;
    }

    long count(String css) {
        return (Long) value("document.querySelectorAll(arguments[0]).length", css);
    }

    Map<?, ?> run(String asynchronousScript, Object... arguments) {
        return (Map<?, ?>) driver.executeAsyncScript(asynchronousScript, arguments);
    }

    /** Waits until an expression holds. */
    Tab until(String expression, Object... arguments) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(expression, arguments)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not so after " + PATIENCE + ": " + expression + " with " + List.of(arguments)
                        + " at " + address() + ", where the page says:\n" + text("#app") + "\n" + log());
            }
            sleep();
        }
        return this;
    }

    /** Whether it does within a second, which the page itself sees sooner than who asks again and again. */
    private boolean holds(String expression, Object... arguments) {
        try {
            return Boolean.TRUE.equals(driver.executeAsyncScript("""
                    const done = arguments[arguments.length - 1];
                    const given = [...arguments].slice(0, -1);
                    const holds = function () { return Boolean(%s); };
                    const until = Date.now() + 1000;
                    const look = () => {
                      const now = holds.apply(null, given);
                      if (now || Date.now() > until) done(now);
                      else setTimeout(look, 10);
                    };
                    look();
                    """.formatted(expression), arguments));
        } catch (WebDriverException e) {
            // Another page came meanwhile.
            sleep();
            return false;
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Presses a key again and again until an expression holds: each time there may be more that it leads to. */
    Tab pressUntil(CharSequence key, String expression, Object... arguments) {
        for (int i = 0; i < 400 && !Boolean.TRUE.equals(value("Boolean(" + expression + ")", arguments)); i++) {
            press(key);
            sleep();
        }
        return until(expression, arguments);
    }

    /** Chooses all that is in the field that has the focus. */
    Tab selectAll() {
        new Actions(driver)
                .keyDown(Keys.CONTROL)
                .sendKeys("a")
                .keyUp(Keys.CONTROL)
                .perform();
        return this;
    }

    /** Waits until an element has a text. */
    Tab untilText(String css, String text) {
        return until("document.querySelector(arguments[0])?.textContent.includes(arguments[1])", css, text);
    }

    /** Waits until something is there. */
    Tab untilThere(String css) {
        return until("document.querySelector(arguments[0])", css);
    }

    Tab untilGone(String css) {
        return until("document.querySelector(arguments[0]) === null", css);
    }

    /** Waits until rows are shown, of which the first one is a record. */
    Tab untilListed() {
        return untilThere(".row .place");
    }

    /**
     * Presses keys, one after the other, wherever the focus is. Words, which are for fields, come at once as if they were pasted: what
     * a key costs here is a frame that nobody sees.
     */
    Tab press(CharSequence... keys) {
        for (CharSequence key : keys) {
            if (key instanceof String text && text.length() > 1) {
                driver.executeCdpCommand("Input.insertText", Map.of("text", text));
            } else {
                new Actions(driver).sendKeys(key).perform();
            }
        }
        return this;
    }

    Tab click(String css) {
        WebElement element = driver.findElement(By.cssSelector(css));
        element.click();
        return this;
    }

    /** Points at the middle of something. */
    Tab hover(String css) {
        new Actions(driver)
                .moveToElement(driver.findElement(By.cssSelector(css)))
                .perform();
        return this;
    }

    /** Clicks on the button with a text. */
    Tab clickButton(String text) {
        driver.findElement(By.xpath("//button[normalize-space()='" + text + "']"))
                .click();
        return this;
    }

    Tab size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        assertThat(value("innerWidth + 'x' + innerHeight")).isEqualTo(width + "x" + height);
        return this;
    }

    /** The zone that the tab takes the machine to be in; empty for the one that it is in. */
    Tab zone(String zone) {
        driver.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
        return this;
    }

    /** Types into a field whose text is replaced. */
    Tab type(String css, CharSequence... keys) {
        return click(css).selectAll().press(keys);
    }

    /** Chooses one of the options of a field. */
    Tab choose(String css, String option) {
        value(
                "(() => { const field = document.querySelector(arguments[0]); field.value = arguments[1];"
                        + " field.dispatchEvent(new Event('change', {bubbles: true})); })()",
                css,
                option);
        return this;
    }

    /** The system's choice. */
    Tab scheme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    void picture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    /** The record of the row that is chosen. */
    String current() {
        return text(".row.current .place");
    }

    /** Places of the rows that can be seen, from above. */
    List<String> places() {
        List<String> places = new ArrayList<>();
        ((List<?>) value("(() => { const box = document.querySelector('.list').getBoundingClientRect();"
                        + " return [...document.querySelectorAll('.row')]"
                        + ".map(row => [row.getBoundingClientRect(), row.querySelector('.place')?.textContent])"
                        + ".filter(([at, place]) => place && at.top >= box.top - 14 && at.bottom <= box.bottom + 14)"
                        + ".sort(([a], [b]) => a.top - b.top).map(([, place]) => place); })()"))
                .forEach(place -> places.add(String.valueOf(place)));
        return places;
    }

    private List<String> log() {
        List<String> log = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get("browser")) {
            log.add(entry.getLevel() + " " + entry.getMessage());
        }
        return log;
    }

    /** What the console has that nobody expects, since this was asked the last time. */
    List<String> complaints() {
        return log().stream().filter(line -> !isExpected(line)).toList();
    }

    private boolean isExpected(String line) {
        return expected.stream().anyMatch(line::contains);
    }

    @Override
    public void close() {
        List<String> complaints = complaints();
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        zone("");
        if (address().startsWith("http:")) {
            // Where a page goes by itself, its process stays, for the page of the next test.
            driver.executeScript("sessionStorage.clear(); localStorage.clear(); location.replace('about:blank')");
        }
        leave.run();
        assertThat(complaints).as("the console").isEmpty();
    }
}
