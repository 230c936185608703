/** Single pages: which is meant, who serves them, and who asks a server for one. */
@NullMarked
package io.pagewalk.cli.page;

import org.jspecify.annotations.NullMarked;
