# Hosts the app elsewhere than on Azure Functions, with local/. Storage is elsewhere too: give AzureWebJobsStorage a connection string.
# docs/deployment.md has the commands.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig global.json ./
COPY shared/ shared/
COPY functions/ functions/
COPY local/ local/
COPY samples/ samples/
# For this platform alone: the native libraries of all of them are ten times as large.
RUN dotnet publish local -c Release --use-current-runtime --no-self-contained -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
COPY host.json ./
# The sample school, which is made here when no other datasets file is named.
RUN mkdir .local && chown $APP_UID .local

# The timers' schedules; the app settings on Azure have the same names. There is no local.settings.json inside.
ENV EXPORTS_REQUEUE_SCHEDULE="*/15 * * * * *" \
    SCHEDULES_SCHEDULE="0 * * * * *" \
    METRICS_SCHEDULE="0 10 0 * * *" \
    EXPIRING_SCHEDULE="0 20 * * * *" \
    REPORT_SCHEDULE="0 0 6 * * 1" \
    CLEANUP_SCHEDULE="0 0 2 * * *" \
    LOCAL_SHUTDOWN_GRACE=00:00:20

USER $APP_UID
EXPOSE 7071
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/7071 && printf 'GET /api/v1/health HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["dotnet", "exportfunctions.dll"]
CMD ["serve", "--host", "0.0.0.0", "--port", "7071"]
