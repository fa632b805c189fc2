/** What does a text say? Reads a statement's kind, template, features and use of its session off the tokens. */
@NullMarked
package io.heliosjdbc.classifier.reading;

import org.jspecify.annotations.NullMarked;
