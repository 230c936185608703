package io.pagewalk;

import io.pagewalk.model.PageToken;
import org.jspecify.annotations.Nullable;

/**
 * The first page of a walk, once it was read.
 *
 * @param token its own, which gives the same page again
 * @param next the token to go on with, or null exactly if no record remains
 */
public record FirstPage(PageToken token, @Nullable PageToken next) {}
