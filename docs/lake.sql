-- Views of what xlogscan export -o lake wrote, for DuckDB in the folder that has lake in it. Made by make docs.

SET TimeZone = 'UTC'; -- so that a time plus its zone is the time of the log
CREATE VIEW files AS FROM read_parquet('lake/*/files.parquet', union_by_name = true, hive_types = {'result': VARCHAR});
CREATE VIEW calls AS FROM read_parquet('lake/*/calls.parquet', union_by_name = true, hive_types = {'result': VARCHAR});
CREATE VIEW events AS FROM read_parquet('lake/*/events.parquet', union_by_name = true, hive_types = {'result': VARCHAR});
CREATE VIEW findings AS FROM read_parquet('lake/*/findings.parquet', union_by_name = true, hive_types = {'result': VARCHAR});
CREATE VIEW evidence AS FROM read_parquet('lake/*/evidence.parquet', union_by_name = true, hive_types = {'result': VARCHAR});
CREATE VIEW damage AS FROM read_parquet('lake/*/damage.parquet', union_by_name = true, hive_types = {'result': VARCHAR});
CREATE VIEW checked AS FROM read_parquet('lake/*/checked.parquet', union_by_name = true, hive_types = {'result': VARCHAR});
