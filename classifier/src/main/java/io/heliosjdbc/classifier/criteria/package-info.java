/** Do a lane's criteria hold? Their language, and what it means over features. */
@NullMarked
package io.heliosjdbc.classifier.criteria;

import org.jspecify.annotations.NullMarked;
