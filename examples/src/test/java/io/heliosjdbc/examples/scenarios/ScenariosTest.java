package io.heliosjdbc.examples.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each statement goes where the routing document says that it goes, and the classes' counts agree with what was explained. */
class ScenariosTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void saasPlatformPutsPagesBeforeReportsBeforeTheJob() throws SQLException {
        List<Step> steps = Saas.run(out);
        assertThat(steps)
                .extracting(Step::serviceClass)
                .containsExactly("fast_lane", "parallel_lanes", "background_queue", "background_queue");
        assertThat(steps).extracting(Step::userLoad).containsExactly("pages", "reports", "nightly", "nightly");
        assertThat(steps.get(3).reason()).startsWith("background_queue: client_tag = 'background_job'");
        // The job is one transaction.
        assertAdmitted(1, 1, 1);
        assertThat(printed.toString(StandardCharsets.UTF_8)).containsPattern("(?m)^pages +acme +1 ");
    }

    @Test
    void shopPutsCheckoutsInTheFastLaneAndRecommendationsInTheParallelOnes() throws SQLException {
        List<Step> steps = Shop.run(out);
        assertThat(steps)
                .extracting(Step::serviceClass)
                .containsExactly("fast_lane", "fast_lane", "fast_lane", "parallel_lanes");
        assertThat(steps)
                .extracting(Step::userLoad)
                .containsExactly("checkout", "checkout", "checkout", "recommendations");
        assertThat(steps.get(3).reason()).contains("table_names CONTAINS 'user_embeddings'");
        assertAdmitted(1, 1, 0);
    }

    @Test
    void apiGatewayGivesEachTierItsPromiseAndAnalyticsTheParallelLanes() throws SQLException {
        List<Step> steps = ApiGateway.run(out);
        assertThat(steps)
                .extracting(Step::serviceClass)
                .containsExactly("fast_lane", "fast_lane", "fast_lane", "parallel_lanes");
        assertThat(steps).extracting(Step::userLoad).containsExactly("enterprise", "pro", "free", "analytics");
        assertThat(steps.get(3).reason()).startsWith("hint workload=analytics");
        assertAdmitted(3, 1, 0);
    }

    private void assertAdmitted(long fastLane, long parallelLanes, long backgroundQueue) {
        assertThat(List.of(admitted("fast_lane"), admitted("parallel_lanes"), admitted("background_queue")))
                .containsExactly(fastLane, parallelLanes, backgroundQueue);
    }

    /** From the printed answer to SHOW HELIOS CLASSES: mpl, active, lent, queued, admitted. */
    private long admitted(String serviceClass) {
        Matcher row = Pattern.compile("(?m)^" + serviceClass + "(?: +\\d+){4} +(\\d+)")
                .matcher(printed.toString(StandardCharsets.UTF_8));
        assertThat(row.find()).as("row of " + serviceClass).isTrue();
        return Long.parseLong(row.group(1));
    }
}
