"""Spark for one run: what it needs, how it starts without a word, and that nothing stays behind."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from testigo.core import ConfigurationError, Message, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from py4j.java_gateway import JavaGateway
    from pyspark import SparkConf
    from pyspark.sql import SparkSession

LOCAL: Final = "local[2]"
OLDEST_JAVA: Final = 17
SECONDS_TO_END: Final = 30
_VERSION: Final = re.compile(r'version "(?:1\.)?(\d+)')
_JAVA: Final = Message(
    "On Debian or Ubuntu: {command}. Where Java lies elsewhere, the variable JAVA_HOME names it.",
    {"command": "apt-get install openjdk-17-jre-headless"},
)


def check_spark() -> None:
    """See that what Spark needs is installed.

    Raises
    ------
    UsageError
        Without pyspark, or without Java 17.
    """
    if find_spec("pyspark") is None:
        raise UsageError(
            Message("The engine spark needs the package pyspark, which is not installed."),
            Message("Install it with: {command}", {"command": "pip install 'testigo[spark]'"}),
        )
    found = java_version()
    if found is None:
        raise UsageError(
            Message("The engine spark needs Java {needed}; there is no Java on this computer.",
                    {"needed": OLDEST_JAVA}),
            _JAVA,
        )  # fmt: skip
    if found < OLDEST_JAVA:
        raise UsageError(
            Message("The engine spark needs Java {needed}; this computer has Java {found}.",
                    {"needed": OLDEST_JAVA, "found": found}),
            _JAVA,
        )  # fmt: skip


def java_version() -> int | None:
    """Return the version of the Java that Spark would use: 17 for 17.0.15; None without one."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin") if home else None)
    if java is None:
        return None
    told = subprocess.run(  # noqa: S603  # the one that Spark itself would start
        [java, "-version"], capture_output=True, text=True, encoding="utf-8", check=False
    )
    found = _VERSION.search(told.stderr + told.stdout)
    return int(found[1]) if found else None


@contextmanager
def start_spark(master: str) -> Iterator[SparkSession]:
    """Start Spark for one run; where it is at work already (in a notebook), that one is used.

    Its log is turned off, because its lines may hold values of persons; its files lie encrypted
    in a private folder that is removed at the end.

    Parameters
    ----------
    master
        `local[2]`, or the address of a cluster.

    Raises
    ------
    ConfigurationError
        When it does not start there.
    """
    from pyspark import SparkConf
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        yield running.newSession()
        return
    with tempfile.TemporaryDirectory(prefix="testigo-", ignore_cleanup_errors=True) as place:
        conf = SparkConf(loadDefaults=False).setAll([*settings_of(master, place).items()])
        gateway = _start_java(master, conf)
        try:
            session = _open_session(master, conf, gateway)
            try:
                yield session
            finally:
                session.stop()
        finally:
            _end_java(gateway)


def settings_of(master: str, place: str) -> dict[str, str]:
    """Return the settings of Spark; others may be given in its own files and variables.

    Parameters
    ----------
    master
        `local[2]`, or the address of a cluster.
    place
        Private folder for what Spark writes.
    """
    settings = {
        "spark.app.name": "testigo",
        "spark.master": master,
        "spark.driver.memory": "2g",
        "spark.driver.extraJavaOptions": f"-Djava.io.tmpdir={place} -XX:+PerfDisableSharedMem",
        "spark.io.encryption.enabled": "true",
        "spark.local.dir": place,
        "spark.log.level": "OFF",
        "spark.sql.warehouse.dir": place,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    if master.startswith("local"):
        settings |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.sql.shuffle.partitions": "4",
        }
    return settings


def _start_java(master: str, conf: SparkConf) -> JavaGateway:
    """Start the process of Java, whose words nobody hears."""
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway

    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        return launch_gateway(conf, silent)  # type: ignore[no-untyped-call]
    except (PySparkRuntimeError, OSError) as error:
        raise _not_started(master) from error


def _open_session(master: str, conf: SparkConf, gateway: JavaGateway) -> SparkSession:
    from py4j.protocol import Py4JError
    from pyspark import SparkContext
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    try:
        context = SparkContext(conf=conf, gateway=gateway)
    except (Py4JError, PySparkException) as error:
        raise _not_started(master) from error
    if master.startswith("local"):  # else Spark takes the first python3 it finds
        context.pythonExec = sys.executable
    return SparkSession(context)


def _end_java(gateway: JavaGateway) -> None:
    """End the process, so that nothing holds the private folder when it is removed."""
    from pyspark import SparkContext

    gateway.shutdown()
    gateway.proc.stdin.close()  # Java ends when this does
    try:
        gateway.proc.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        gateway.proc.kill()
    # a second run of this process would look for the one that has ended
    SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001


def _not_started(master: str) -> ConfigurationError:
    return ConfigurationError(
        Message("Spark did not start at {master}.", {"master": repr(master)}),
        Message(
            "Write master = {example} under [spark] to run it on this computer, or see that the"
            " cluster can be reached from here and that Java is 17 or 21.",
            {"example": f'"{LOCAL}"'},
        ),
    )
