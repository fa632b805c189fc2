package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.statement.Dialect;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Names that mean, before a parenthesis, a function of the server's own that leaves nothing behind in its session, or a word of its
 * language. Of MariaDB and H2 no function that somebody has made can be meant by one of them; of PostgreSQL one can, and the server
 * is asked for those. Stateless.
 */
final class ServerFunctions {
    /** Nearly everybody's, and such that planning a statement with them does nothing. */
    private static final Set<String> COMMON = names("""
            abs btrim ceil ceiling char char_length coalesce concat concat_ws convert cume_dist current_timestamp
            date_add date_format date_part date_sub date_trunc datediff day decimal dense_rank extract first_value
            floor greatest hour ifnull instr lag last_value lead least length locate lower lpad ltrim minute mod month
            now nth_value ntile nullif numeric nvl octet_length percent_rank position power rank reverse round
            row_number rpad rtrim second sign split_part sqrt strpos substr substring timestampdiff to_char to_date
            to_timestamp trim trunc upper varchar year
            """);

    /** Besides the common ones and aggregate functions; all others that leave nothing the server tells. */
    private static final Set<String> OF_POSTGRES = names("""
            age array_append array_length array_position array_to_string ascii bigint binary bit blob cardinality character chr
            clob clock_timestamp columns cube current_database current_date current_schema current_schemas current_setting
            current_time current_user decode default encode float format gen_random_uuid generate_series grouping
            has_table_privilege initcap int integer json_array json_array_elements json_build_object json_exists json_object
            json_query json_scalar json_serialize json_table json_value jsonb_array_elements jsonb_build_object jsonb_set
            jsonb_typeof left ln localtime localtimestamp log make_date make_interval md5 nextval overlaps overlay
            pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_blocking_pids pg_cancel_backend pg_database_size pg_get_constraintdef
            pg_get_expr pg_get_indexdef pg_get_viewdef pg_indexes_size pg_is_in_recovery pg_notify pg_relation_size pg_sleep pg_sleep_for pg_sleep_until pg_table_is_visible pg_table_size
            pg_terminate_backend pg_total_relation_size pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared pg_typeof
            quote_ident quote_literal quote_nullable random random_normal regexp_like regexp_match regexp_matches regexp_replace
            regexp_split_to_table repeat replace right rollup row_to_json session_user setval some starts_with
            statement_timestamp string_to_array text timeofday timezone to_json to_jsonb to_number to_regclass to_tsquery
            to_tsvector transaction_timestamp translate unnest user uuidv4 uuidv7 varbinary varying version xmlconcat xmlelement xmlexists
            xmlforest xmlparse xmlpi xmlroot xmlserialize xmltable
            """);

    private static final Set<String> OF_H2 = names("""
            abs acos any any_value array_agg array_append array_cat array_contains array_get array_length array_max_cardinality
            array_slice ascii asin atan atan2 avg bigint binary bit_and bit_length bit_or bitand bitcount bitget bitnand bitnor
            bitnot bitor bitxnor bitxor blob bool_and bool_or btrim cardinality casewhen cast ceil ceiling char char_length
            character character_length chr clob coalesce compress concat concat_ws convert corr cos cosh cot count covar_pop
            covar_samp cume_dist curdate current_catalog current_date current_path current_role current_schema current_time
            current_timestamp current_user curtime data_type_sql database database_path date_trunc dateadd datediff day
            day_of_month day_of_week day_of_year dayname dayofmonth dayofweek dayofyear db_object_id db_object_size db_object_sql
            decimal decode decrypt default degrees dense_rank difference encrypt every exp expand extract first_value float floor
            formatdatetime gcd greatest group_concat h2version hash hextoraw hour if ifnull insert instr int integer
            iso_day_of_week iso_week iso_year json_array json_arrayagg json_object json_objectagg lag last_day last_value lcase
            lcm lead least left length listagg ln localtime localtimestamp locate lock_mode lock_timeout log log10 lower lpad
            lshift ltrim max median memory_free memory_used min minute mod mode month monthname nextval now nth_value ntile
            nullif numeric nvl nvl2 octet_length ora_hash parsedatetime percent_rank percentile_cont percentile_disc pi position
            power quarter quote_ident radians rand random random_uuid rank ratio_to_report rawtohex readonly regexp_like
            regexp_replace regexp_substr regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy
            regr_syy repeat replace right rotateleft rotateright round row_number rownum rpad rshift rtrim second secure_rand
            session_user sign sin sinh some soundex space sqrt stddev stddev_pop stddev_samp string_agg stringdecode
            stringencode stringtoutf8 substr substring sum sysdate system_user systimestamp table tan tanh timestampadd
            timestampdiff to_char today transaction_id translate trim trim_array trunc truncate truncate_value ucase ulshift
            unnest upper urshift user utf8tostring uuid value var_pop var_samp varbinary varchar variance varp varying week
            xmlattr xmlcdata xmlcomment xmlnode xmlstartdoc xmltext year zero
            """);

    private static final Set<String> OF_MARIADB = names("""
            abs acos add_months adddate addtime aes_decrypt aes_encrypt any any_value ascii asin atan atan2 avg benchmark bigint
            bin binary bit bit_and bit_count bit_length bit_or bit_xor blob cast ceil ceiling char char_length character
            character_length charset chr coalesce coercibility collation column_get column_json column_list compress concat
            concat_ws conv convert convert_tz cos cot count crc32 cume_dist curdate current_date current_role
            current_time current_timestamp current_user curtime database date date_add date_format date_sub datediff day dayname
            dayofmonth dayofweek dayofyear decimal decode default degrees dense_rank div elt encode exp export_set extract
            extractvalue field find_in_set first_value float floor format from_base64 from_days from_unixtime greatest
            group_concat hex hour if ifnull inet6_aton inet6_ntoa inet_aton inet_ntoa insert instr int integer interval is_ipv4
            is_ipv6 isnull json_array json_array_append json_array_insert json_arrayagg json_compact json_contains
            json_contains_path json_depth json_detailed json_equals json_exists json_extract json_insert json_keys json_length
            json_loose json_merge json_merge_patch json_merge_preserve json_normalize json_object json_objectagg json_overlaps
            json_pretty json_query json_quote json_remove json_replace json_search json_set json_type json_unquote json_valid
            json_value lag last_day last_value lcase lead least left length ln localtime localtimestamp locate log log10 log2
            lower lpad ltrim make_set makedate maketime match max md5 median microsecond mid min minute mod month monthname
            name_const natural_sort_key nextval now nth_value ntile nullif numeric nvl nvl2 oct octet_length ord overlaps
            percent_rank percentile_cont percentile_disc period_add period_diff pi position pow power quarter quote radians rand
            random_bytes rank regexp regexp_instr regexp_like regexp_replace regexp_substr repeat replace reverse right rlike
            round row_number rownum rpad rtrim schema sec_to_time second session_user sformat sha sha1 sha2 sign sin sleep some
            soundex space sqrt st_distance st_geomfromtext std stddev stddev_pop stddev_samp str_to_date strcmp subdate substr
            substring substring_index subtime sum sys_guid sysdate system_user tan text time time_format time_to_sec timediff
            timestamp timestampadd timestampdiff to_base64 to_char to_days to_seconds trim truncate ucase uncompress unhex
            unix_timestamp upper user utc_date utc_time utc_timestamp uuid uuid_short value values var_pop var_samp varbinary
            varchar variance varying version week weekday weekofyear weight_string xor year yearweek
            """);

    /** What the SQL standard has, and what nearly everybody has who has more. */
    private static final Set<String> STANDARD = names("""
            abs acos add_months array_agg ascii asin atan atan2 avg bigint binary bit_length blob btrim cardinality
            cast ceil ceiling char char_length character character_length chr clob coalesce collect concat convert
            corr cos cosh cot count count_big covar_pop covar_samp cube cume_dist current_date current_time
            current_timestamp current_user date dateadd datediff datepart day decimal decode default degrees
            dense_rank element every exp extract first_value float floor getdate greatest grouping hour ifnull iif
            instr int integer interval isnull json_array json_arrayagg json_exists json_object json_objectagg
            json_query json_table json_value lag last_day last_value lead least len length listagg ln localtime
            localtimestamp locate log log10 lower lpad ltrim max min minute mod month months_between normalize now
            nth_value ntile nullif numeric nvl nvl2 octet_length overlay percent_rank percentile_cont percentile_disc
            pi position power radians rand random rank regr_avgx regr_avgy regr_count regr_intercept regr_r2
            regr_slope regr_sxx regr_sxy regr_syy replace reverse rollup round row_number rpad rtrim second
            session_user sign sin sinh some sqrt stddev_pop stddev_samp stdev string_agg substr substring sum
            system_user tan tanh to_char to_date to_number to_timestamp translate treat trim trunc unnest upper user
            var_pop var_samp varbinary varchar varying width_bucket year
            """);

    private ServerFunctions() {}

    private static Set<String> names(String list) {
        return new HashSet<>(Arrays.asList(list.strip().split("\\s+")));
    }

    /** Whether an unquoted and unqualified name is that of a function that a database may plan with, whichever it is. */
    static boolean isCommon(String name) {
        return COMMON.contains(name);
    }

    /** Whether an unquoted and unqualified name is one of them. */
    static boolean has(Dialect dialect, String name) {
        return switch (dialect) {
            case POSTGRESQL -> OF_POSTGRES.contains(name) || COMMON.contains(name);
            case H2 -> OF_H2.contains(name);
            case MARIADB -> OF_MARIADB.contains(name);
            case OTHER -> STANDARD.contains(name);
        };
    }
}
