package io.pagewalk.it.browse;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.AddHasCdp;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.chromium.ChromiumDriver;
import org.openqa.selenium.chromium.ChromiumDriverCommandExecutor;
import org.openqa.selenium.remote.http.ClientConfig;

/** A browser without a screen, for all tests. */
final class Chromium {
    /** Selenium's own for Chrome looks for drivers to download first, even where one is given. */
    static final class Driver extends ChromiumDriver {
        private Driver(ChromeDriverService service, ChromeOptions options) {
            super(
                    new ChromiumDriverCommandExecutor(
                            service, new AddHasCdp().getAdditionalCommands(), ClientConfig.defaultConfig()),
                    options,
                    ChromeOptions.CAPABILITY);
            this.cdp = new AddHasCdp().getImplementation(getCapabilities(), getExecuteMethod());
        }
    }

    private static final File BROWSER = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    /** It says that it has no classes for the DevTools of just this version, of which none is used. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final Driver driver;
    private final Path profile;
    private final String first;

    private Chromium(Driver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
        this.first = driver.getWindowHandle();
    }

    /** Starts it; where there is none, the tests that need it are skipped. */
    static Chromium start() throws IOException {
        assumeTrue(
                BROWSER.canExecute() && DRIVER.canExecute(),
                "it takes " + BROWSER + " and " + DRIVER + ", Debian's packages chromium and chromium-driver");
        SELENIUM.setLevel(Level.SEVERE);
        Path profile = Files.createTempDirectory("pagewalk-it-chromium");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-default-apps",
                "--disable-sync",
                "--disable-extensions",
                "--no-first-run",
                // One process for all pages of these tests, and none in reserve: to start one takes longer than to load
                // the page.
                "--process-per-site",
                "--disable-site-isolation-trials",
                "--disable-features=SpareRendererForSitePerProcess,BackForwardCache",
                "--window-size=1280,800",
                "--lang=en",
                "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER)
                .usingAnyFreePort()
                .withSilent(true)
                .withEnvironment(Map.of("TZ", "UTC"))
                .build();
        return new Chromium(new Driver(service, options), profile);
    }

    /** The tab, in which nothing is left of who had it before: a new one for each would take most of the time of these tests. Close it. */
    Tab tab() {
        return new Tab(driver, () -> {});
    }

    /** One more tab, which is there until it is closed. */
    Tab anotherTab() {
        driver.switchTo().newWindow(WindowType.TAB);
        return new Tab(driver, () -> {
            driver.close();
            driver.switchTo().window(first);
        });
    }

    void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path each : all) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
