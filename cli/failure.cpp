#include "cli/failure.h"

#include <boost/system/system_error.hpp>
#include <cassert>
#include <new>

#include "core/tls_session.h"
#include "runner/input/input_error.h"
#include "runner/suite/suite_run.h"
#include "server-under-test/server.h"

namespace wsconform {

Failure failure_of(const std::exception_ptr& thrown) {
  assert(thrown);
  try {
    std::rethrow_exception(thrown);
  } catch (const UsageError& error) {
    return {exit_usage, error.what()};
  } catch (const InputError& error) {
    return {exit_usage, error.what()};
  } catch (const TlsConfigurationError& error) {
    return {exit_usage, error.what()};
  } catch (const TargetUnreachable& error) {
    return {exit_unreachable, error.what()};
  } catch (const ListenError& error) {
    return {exit_unreachable, error.what()};
  } catch (const boost::system::system_error& error) {  // its what() names our sources
    return {exit_fault, "cannot go on: " + error.code().message()};
  } catch (const std::bad_alloc&) {
    return {exit_fault, "there is not enough memory"};
  } catch (const std::exception& error) {
    return {exit_fault, error.what()};
  } catch (...) {
    return {exit_fault, "something was thrown that tells nothing of itself"};
  }
}

}  // namespace wsconform
