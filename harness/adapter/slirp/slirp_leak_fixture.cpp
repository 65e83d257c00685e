/// slirp_remove_guestfwd() forgets the path that slirp_add_unix() has copied by GLib's allocator.
extern "C" const char* __lsan_default_suppressions() { return "leak:libglib-2.0"; }
