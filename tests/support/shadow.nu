# The closure commands as Nushell is to run them: by other names they would be the plugin's.
def emit []: any -> any { let value = $in; [$value] | job send 0; $value }
def read-str [--len: int]: any -> any {
    let value = $in
    if ($value | describe) not-in [string nothing] { error make {msg: "only a string stands for its address"} }
    $value
}
