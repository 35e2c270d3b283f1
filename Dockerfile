# The image of the operator and of its Jobs. Maven first builds what goes into it:
#
#   ./mvnw package -DskipTests && docker build --tag dbmigration-operator:dev .
#
# Nothing is fetched from a network here. The base gives the JDK and the C library; its shell and its package manager
# stay behind.
ARG JDK=eclipse-temurin:25-jdk

# ---- A Java runtime of the modules that the program uses, and the few files of the system that this runtime needs.
FROM ${JDK} AS runtime
RUN jlink --output /opt/dbmigration/java --strip-debug --no-man-pages --no-header-files --compress zip-6 \
      --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml \
      --add-modules jdk.crypto.ec,jdk.httpserver,jdk.management,jdk.net,jdk.unsupported
RUN mkdir -p /system/etc /system/tmp /system/usr/lib/locale \
 && chmod 1777 /system/tmp \
 && find /opt/dbmigration/java -type f -name '*.so' -print0 \
      | LD_LIBRARY_PATH=/opt/dbmigration/java/lib:/opt/dbmigration/java/lib/server xargs -0 ldd \
      | sed -nE 's#.*(=> |^[[:space:]])(/lib[^ ]*) .*#\2#p' | sort -u \
      | xargs cp --dereference --parents --target-directory=/system \
 && cp -R /usr/lib/locale/C.utf8 /system/usr/lib/locale/ \
 && echo 'dbmigration:x:65532:65532::/:/nonexistent' >/system/etc/passwd \
 && echo 'dbmigration:x:65532:' >/system/etc/group \
 && echo 'hosts: files dns' >/system/etc/nsswitch.conf

# ---- The program, and for each of its two long names a cache of what the JVM would otherwise work out at every start.
# A cache is valid for one JVM, one class path in one order, with the same times and sizes of the jars, and one layout
# of objects: all of that stands in a file of options that training and earnest share. A run is given only the jars that
# it needs, because the JVM opens every one.
FROM ${JDK} AS program
COPY --from=runtime /opt/dbmigration/java /opt/dbmigration/java
COPY operator/target/image/lib /opt/dbmigration/lib
COPY operator/target/dbmigration-operator.jar /opt/dbmigration/
WORKDIR /opt/dbmigration
RUN jars() { LC_ALL=C ls -d "$PWD"/dbmigration-operator.jar "$@" | paste --serial --delimiters=:; } \
 && options() { \
      echo '-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:MaxRAMPercentage=50 -Xss512k'; \
      echo '-XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData'; \
      echo "-Xms$1 -cp $2"; \
    } \
 && options 12m "$(jars "$PWD"/lib/*.jar)" >operator.training \
 && options 8m "$(jars "$PWD"/lib/jackson-core-*.jar "$PWD"/lib/jackson-jr-*.jar "$PWD"/lib/logback-*.jar \
      "$PWD"/lib/postgresql-*.jar "$PWD"/lib/slf4j-*.jar)" >run.training \
 && for command in operator run; do \
      { echo "-XX:AOTCache=$PWD/$command.aot"; cat $command.training; echo dev.dbmigration.cli.Main; } \
        >$command.options; \
    done

FROM program AS trained
RUN echo 'training:x:65532:65532::/tmp:/bin/sh' >>/etc/passwd \
 && mkdir -p /var/run/secrets/kubernetes.io/serviceaccount /opt/training \
 && chown -R 65532:65532 /var/run/secrets /opt/dbmigration
COPY operator/target/image/training /opt/training/lib
COPY operator/target/test-classes /opt/training/classes
COPY crds /opt/training/crds
WORKDIR /opt/training
USER 65532:65532
ENV MALLOC_ARENA_MAX=2
RUN for command in operator run; do \
      java -cp "classes:lib/*:/opt/dbmigration/dbmigration-operator.jar:/opt/dbmigration/lib/*" \
        dev.dbmigration.image.Training $command /opt/dbmigration/$command.aot \
        /opt/dbmigration/java/bin/java -Xlog:aot=error -XX:AOTCacheOutput=/opt/dbmigration/$command.aot \
        @/opt/dbmigration/$command.training dev.dbmigration.cli.Main $command \
      || exit 1; \
    done \
 && cd /opt/dbmigration && rm java/lib/jexec java/lib/jspawnhelper java/lib/classlist operator.training run.training

# ---- All together: no shell, no package manager, nothing that the user of the program could write to.
FROM scratch
COPY --from=runtime /system /
COPY --from=trained --chown=0:0 /opt/dbmigration /opt/dbmigration
ENV LANG=C.UTF-8 MALLOC_ARENA_MAX=2 PATH=/opt/dbmigration/java/bin
USER 65532:65532
WORKDIR /tmp
# For every command; a run is better started with @/opt/dbmigration/run.options, as the operator's Jobs do.
ENTRYPOINT ["java", "@/opt/dbmigration/operator.options"]
