package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.LearnedSettings;
import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import io.heliosjdbc.driver.configuration.Setting;
import org.jspecify.annotations.Nullable;

/** What the settings in force say of the learned classifier. Stateless. */
final class LearnedMode {
    private static final String MODE = "classifier.mode";
    private static final String MIN_CONFIDENCE = "classifier.min_confidence";
    private static final String ADAPTIVE_LEARNING = "classifier.adaptive_learning";

    private LearnedMode() {}

    /** How the learned classifier decides, or null where the criteria alone do. */
    static @Nullable LearnedSettings of(HeliosConfiguration configuration) {
        if (!value(configuration, MODE).equals("ml_based")) {
            return null;
        }
        return new LearnedSettings(
                Double.parseDouble(value(configuration, MIN_CONFIDENCE)),
                Boolean.parseBoolean(value(configuration, ADAPTIVE_LEARNING)));
    }

    private static String value(HeliosConfiguration configuration, String name) {
        for (Setting setting : configuration.settings()) {
            if (setting.name().equals(name)) {
                return setting.value();
            }
        }
        throw new IllegalStateException("the configuration has no setting " + name);
    }
}
