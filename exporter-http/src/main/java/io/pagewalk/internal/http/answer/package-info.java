/** What answers are made of: documents, problems, figures. */
@NullMarked
package io.pagewalk.internal.http.answer;

import org.jspecify.annotations.NullMarked;
