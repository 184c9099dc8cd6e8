"""Lints many repositories with PySpark: a process of statuslint for each partition.

    spark-submit docs/at-scale/spark.py FILES RESULT [PARTITIONS]

FILES lists the files, one a line, as paths that begin with the folder of their repository
(`shop/src/api.py`); the job runs in the folder these are in. RESULT gets the findings as JSON
lines, in the order of one run. The exit status is that of `statuslint merge`: 0, 1 with findings,
and 2 when something could not be checked, which is said last (`spark-submit` has one output only).
"""

import os
import subprocess
import sys

from pyspark.sql import SparkSession

# What goes wrong is told behind the findings, in lines that are no JSON. A process that is killed tells nothing itself.
COMMAND = """sh -c 'statuslint check --files-from - --output-format jsonl --exit-zero --no-cache -q -j 1 2>&1 ||
    echo "error: statuslint ended with $?"'"""


def main(files: str, result: str, partitions: int) -> int:
    spark = SparkSession.builder.appName("statuslint").getOrCreate()
    with open(files, encoding="utf-8") as lines:
        names = [line.rstrip("\n") for line in lines if line.strip()]
    # Without `env` the processes would have no PATH. The files of a repository tell each other of their functions: they stay together.
    by_repository = spark.sparkContext.parallelize(names).keyBy(lambda name: name.split("/", 1)[0])
    lines = by_repository.partitionBy(partitions).values().pipe(COMMAND, env=dict(os.environ)).cache()
    problems = lines.filter(lambda line: not line.startswith("{")).collect()
    with open(f"{result}.parts", "w", encoding="utf-8") as parts:
        for line in lines.filter(lambda line: line.startswith("{")).toLocalIterator():
            parts.write(f"{line}\n")
    spark.stop()
    for problem in problems:
        print(problem, file=sys.stderr)
    status = subprocess.run(["statuslint", "merge", f"{result}.parts", "-o", result], check=False).returncode
    return 2 if problems else status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 64))
