package io.heliosjdbc.classifier.tokens;

import java.util.Arrays;

/**
 * The words that carry meaning for the learned classifier, known by 64-bit hashes of their lower case, so that looking one up
 * takes no text. Immutable, thread-safe.
 */
public final class Vocabulary {
    /** Words of SQL and names of functions: what stands for itself among a text's words. */
    public static final Vocabulary SQL = new Vocabulary("""
            select insert update delete merge replace upsert values into from where group by having order limit offset fetch first
            next rows only top with recursive as on using join inner left right full outer cross natural apply lateral union all
            intersect except minus distinct exists not in is null and or between like ilike similar rlike regexp regexp_like any some
            case when then else end over partition window range unbounded preceding following current row filter within rollup cube
            grouping sets for share nowait skip locked of no set default returning output inserted deleted conflict do nothing
            duplicate key ignore matched source target create alter drop rename table tables temporary temp unlogged global local
            view materialized index unique clustered nonclustered columnstore bitmap concurrently online rebuild reorganize move
            shrink column add modify type constraint primary foreign references check validate trigger function procedure sequence
            database schema extension tablespace partition attach detach exchange switch subpartition truncate vacuum analyze analyse
            verbose freeze cluster reindex refresh optimize repair checksum statistics fullscan compute histogram copy stdin stdout
            load data infile outfile dumpfile unload bulk openrowset csv header program format binary delimiter terminated lines
            fields export import backup restore dump purge flush checkpoint reset discard lock unlock call exec execute begin
            declare cursor open close fetch forward loop while forall collect if return end commit rollback start transaction work
            savepoint release show describe desc explain use kill notify listen unlisten deallocate prepare grant revoke comment to
            names isolation level session autocommit search_path statement_timeout nocount dual rownum rowid connect prior
            sql_no_cache tablesample pivot unpivot nolock updlock rowlock readpast tablock append parallel nologging compress engine
            count sum avg min max stddev variance median percentile_cont percentile_disc corr string_agg array_agg group_concat
            listagg json_agg jsonb_agg approx_count_distinct bool_or row_number rank dense_rank ntile lag lead first_value
            last_value percent_rank cume_dist coalesce ifnull isnull nvl decode nullif greatest least round floor ceil cast convert
            extract date_trunc date_format date_part datepart datediff dateadd date_add date_sub to_char to_date trunc year
            quarter month week day hour dow str_to_date generate_series unnest interval now current_date current_timestamp
            sysdate systimestamp getdate sysutcdatetime getutcdate curdate utc_timestamp lower upper substring length concat
            nextval currval last_insert_id scope_identity pg_advisory_lock pg_advisory_xact_lock pg_try_advisory_lock set_config
            current_setting version current_schema database connection_id true false sqrt ln exp power width_bucket pragma
            wal_checkpoint integrity_check incremental_vacuum quick_check journal_mode foreign_keys table_info changes
            last_insert_rowid sqlite_version runstats reorg
            """);

    /** Parts of the names of tables, procedures and columns that tell what they are there for. */
    public static final Vocabulary NAMES = new Vocabulary("""
            stg staging stage tmp temp work wrk archive archived arch backup bak old hist history fact fct dim dims mart dwh dw edw
            etl elt raw src source landing delta rollup summary summaries aggregate aggregated agg daily weekly monthly hourly
            yearly nightly stats statistics statistic report reports reporting rpt snapshot snapshots cube mv mat export import
            dump load loader queue jobs job session sessions token tokens cache log logs event events audit migration migrations
            information catalog activity attribute namespace settings locks stat sys dba user dual inc incremental dbt airflow spark batch bulk process run refresh rebuild
            purge cleanup clean clear sync synchronize recalculate recalc recompute compute generate consolidate migrate reindex
            backfill reconcile reconciliation close eod eom month end year expire expired prune rotate compact vacuum gather
            warehouse ods bi olap partition partitions maintenance optimize dbms mview datapump scheduler populate merge collect get
            find create add insert update save set check place new cancel reserve validate authenticate login register transfer
            fetch lookup is has next count total sum materialized denorm feature features training score scores embedding
            embeddings vector search index detail details list page current latest recent unload publish distribute archive
            config configuration flag flags option options preferences parameters properties roles permissions countries
            currencies languages statuses types units categories rates plans schema flyway liquibase innodb performance backend lock notify
            retention policy compression chunk chunks hypertable continuous cron schedule partman msforeachtable updatestats unlink billing payroll
            settle chunked todo stale
            """);

    /** The hash of nothing yet. */
    public static final long EMPTY = 0xCBF29CE484222325L;

    private final long[] hashes;
    private final int mask;

    /** A vocabulary of the words between white space. */
    public Vocabulary(String words) {
        String[] all = words.strip().split("\\s+", -1);
        int capacity = Integer.highestOneBit(all.length * 2) * 2;
        hashes = new long[capacity];
        mask = capacity - 1;
        Arrays.stream(all).mapToLong(Vocabulary::hash).forEach(this::add);
    }

    private void add(long hash) {
        int at = (int) hash & mask;
        while (hashes[at] != 0 && hashes[at] != hash) {
            at = (at + 1) & mask;
        }
        hashes[at] = hash;
    }

    public boolean has(long hash) {
        int at = (int) hash & mask;
        while (hashes[at] != 0) {
            if (hashes[at] == hash) {
                return true;
            }
            at = (at + 1) & mask;
        }
        return false;
    }

    public static long hash(String word) {
        return hash(word, 0, word.length());
    }

    /** FNV-1a over the lower case of a part of a text; ASCII alone has a case here. */
    static long hash(CharSequence text, int from, int to) {
        long hash = EMPTY;
        for (int i = from; i < to; i++) {
            hash = with(hash, text.charAt(i));
        }
        return known(hash);
    }

    /** The same of an array. */
    public static long hash(char[] text, int from, int to) {
        long hash = EMPTY;
        for (int i = from; i < to; i++) {
            hash = with(hash, text[i]);
        }
        return known(hash);
    }

    /** The hash so far with one more character. */
    public static long with(long hash, char c) {
        return (hash ^ (c >= 'A' && c <= 'Z' ? c + 32 : c)) * 0x100000001B3L;
    }

    /** A finished hash; none is zero, which is an empty place. */
    public static long known(long hash) {
        return hash == 0 ? 1 : hash;
    }
}
