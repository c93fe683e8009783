# For the scripts beside this file: their first comment is their help.

script=$(realpath "$0")

# The comment below the first line, without its marks.
show_help() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$script"; }

# wrong_usage WHAT: says it and where the help is; the command line was wrong.
wrong_usage() {
    printf 'error: %s\nhint: scripts/%s --help says what there is\n' "$1" "$(basename "$0")" >&2
    exit 2
}
