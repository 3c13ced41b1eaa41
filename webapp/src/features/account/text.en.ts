export default {
  loginId: "Username or e-mail address",
  password: "Password",
  signIn: "Sign in",
  signInFailed: "Nobody could be reached. Check your connection and try again.",
  signInTitle: "Sign in to Command Post",
};
