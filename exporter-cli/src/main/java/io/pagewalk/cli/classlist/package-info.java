/** A step of the build: lists the classes that commands load, for the JVM to archive. It is in no jar. */
@NullMarked
package io.pagewalk.cli.classlist;

import org.jspecify.annotations.NullMarked;
