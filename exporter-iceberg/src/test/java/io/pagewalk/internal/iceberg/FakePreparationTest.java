package io.pagewalk.internal.iceberg;

import java.nio.file.Path;

/** The catalog that can be made to fail, while it does not: so that it is no kinder than others. */
class FakePreparationTest extends PreparationContractTest {
    @Override
    Fixture fixture(Path directory) {
        return new Fixture.Fake();
    }
}
