package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.compare.Contender.Way;
import java.util.List;
import java.util.Map;

/** Results of parts in which nothing happened but what is recorded. */
final class Results {
    private Results() {}

    static Part.Result of(Way way, Recorder recorder) {
        return of(way, Map.of(recorder.stream(), recorder));
    }

    static Part.Result of(Way way, Map<Stream, Recorder> recorders) {
        return new Part.Result(way, false, recorders, Map.of(), Map.of(), List.of(), List.of(), List.of());
    }
}
