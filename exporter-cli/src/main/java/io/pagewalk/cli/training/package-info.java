/** What a training run needs: it lets the JVM see the classes that commands use, so that it can keep them for later starts. */
@NullMarked
package io.pagewalk.cli.training;

import org.jspecify.annotations.NullMarked;
