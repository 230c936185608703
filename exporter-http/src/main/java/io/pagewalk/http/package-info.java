/** Pages of topics over HTTP: the server, as a program starts it. */
@NullMarked
package io.pagewalk.http;

import org.jspecify.annotations.NullMarked;
