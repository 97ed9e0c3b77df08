# docker build --target parley -t parley . && docker run --init -p 8080:8080 -v parley:/data parley
# Two images: "web" is nginx with the page's files (compose.yaml), "parley" the server. The last one is what no target names.
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY pom.xml LICENSE openapi.yaml ./
COPY docs/api/asyncapi.yaml docs/api/
COPY sql sql
COPY webroot webroot
COPY src src
RUN mvn -q -B package -DskipTests

# The page's files are of the same sources as the jar: nginx must never serve those of another version.
FROM debian:bookworm-slim AS web
RUN apt-get update \
  && apt-get install -y --no-install-recommends nginx-light libnginx-mod-http-brotli-static brotli \
  && rm -rf /var/lib/apt/lists/*
COPY webroot /srv/webroot
COPY src/deploy/nginx /opt/nginx
# Zipped once, as well as it goes. The folder of files is here for a volume to take its owner from.
RUN find /srv/webroot -type f \( -name '*.js' -o -name '*.css' -o -name '*.svg' -o -name '*.webmanifest' \) -size +1k \
  -exec gzip -k9 {} + -exec brotli -k {} + \
  && mkdir -p /srv/media && chown 10001:10001 /srv/media && chmod 0700 /srv/media
# The owner of the files that Parley keeps.
USER 10001:10001
EXPOSE 8080 8443
ENTRYPOINT ["sh", "/opt/nginx/render.sh", "run"]

FROM eclipse-temurin:25-jre AS parley
# A fixed number, so that the owner of a mounted folder can be set before the first start. Not root:
# the embedded PostgreSQL refuses to be.
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin parley \
  && mkdir -p /data/media && chown -R 10001:10001 /data && chmod 0700 /data /data/media
COPY --from=build /build/target/parley.jar /opt/parley/parley.jar
# One start and stop teaches the JVM which classes to have ready, linked, at every later start. The
# collector and the headers of objects must be the same then. JDK_JAVA_OPTIONS adds to these flags.
ENV FLAGS="-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xms24m -XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError" \
  MALLOC_ARENA_MAX=2
RUN mkdir /tmp/train && chown 10001:10001 /tmp/train /opt/parley
USER 10001:10001
RUN java $FLAGS -XX:AOTCacheOutput=/opt/parley/parley.aot -jar /opt/parley/parley.jar --data /tmp/train/data & \
  server=$!; \
  until bash -c 'exec 3<>/dev/tcp/127.0.0.1/8080 && printf "GET /ready HTTP/1.0\r\n\r\n" >&3 && read -r status <&3 && [[ $status == *" 200 "* ]]' 2>/dev/null; do kill -0 $server || exit 1; sleep 0.2; done; \
  kill $server && wait $server && rm -rf /tmp/train/data && test -s /opt/parley/parley.aot
WORKDIR /data
ENV PARLEY_HOST=0.0.0.0 PARLEY_PORT=8080 PARLEY_DATA=/data
VOLUME /data
EXPOSE 8080

# With bash alone, since the image promises no curl. With TLS switched on, replace this check.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["bash", "-c", "exec 3<>\"/dev/tcp/127.0.0.1/$PARLEY_PORT\" && printf 'GET /health HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r status <&3 && [[ $status == *' 200 '* ]]"]

# exec: SIGTERM reaches java itself. Half of the container's memory is for the heap, because network
# buffers and the embedded PostgreSQL live beside it; a heap that is used up ends the process, for the
# engine to start it again. SerialGC and a small first heap keep it below 150 MiB at rest; with four
# processors and a heap of gigabytes set FLAGS with G1 instead (docs/operations.md).
ENTRYPOINT ["sh", "-c", "exec java $FLAGS -XX:AOTCache=/opt/parley/parley.aot -jar /opt/parley/parley.jar \"$@\"", "parley"]
